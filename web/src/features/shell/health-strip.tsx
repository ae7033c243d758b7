/** The state of the protection in the header, leading to the hosts. */
"use client";
import { useQuery } from "@tanstack/react-query";
import CloudAlert from "lucide-react/icons/cloud-alert";
import Eye from "lucide-react/icons/eye";
import ShieldAlert from "lucide-react/icons/shield-alert";
import ShieldCheck from "lucide-react/icons/shield-check";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "../../trpc/trpc.ts";
import classes from "./health-strip.module.css";
import { protectionOf } from "./protection.ts";

const REFRESH_MS = 10_000;

export function HealthStrip() {
  const t = useTranslations("shell");
  const trpc = useTRPC();
  const hosts = useQuery(trpc.hosts.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const settings = useQuery(trpc.settings.get.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const isLost = hosts.isError || settings.isError;
  if (!isLost && (hosts.data === undefined || settings.data === undefined)) return <span className={classes.strip} />;
  const look = isLost ? undefined : protectionOf(hosts.data ?? [], settings.data?.settings.mode ?? "protect");
  const looks = {
    protected: { icon: ShieldCheck, color: "green", text: t("protected") },
    observing: { icon: Eye, color: "orange", text: t("observing") },
    problems: {
      icon: ShieldAlert,
      color: "red",
      text: t("problems", { count: look?.state === "problems" ? look.hosts.length : 0 }),
    },
    "no-host": { icon: ShieldAlert, color: "red", text: t("noHost") },
    // What cannot be asked is not well, and not known to be ill.
    lost: { icon: CloudAlert, color: "orange", text: t("healthUnknown") },
  } as const;
  const { icon: Icon, color, text } = looks[look?.state ?? "lost"];
  return (
    <Link
      href="/hosts"
      prefetch={false}
      className={classes.strip}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-text)` }}
    >
      <Icon size={16} aria-hidden />
      <span className={classes.text} role="status">
        {text}
      </span>
    </Link>
  );
}
