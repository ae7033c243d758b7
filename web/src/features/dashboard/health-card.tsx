/** Whether the installation protects, in one line; what is wrong, with the way to the hosts. */
"use client";
import { Alert, Anchor, List } from "@mantine/core";
import type { HostStatus } from "@sipprot/shared/host";
import Eye from "lucide-react/icons/eye";
import ShieldAlert from "lucide-react/icons/shield-alert";
import ShieldCheck from "lucide-react/icons/shield-check";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { listProblems } from "../hosts/host-problems.ts";
import { usePartNames } from "../hosts/use-part-words.ts";
import { protectionOf } from "../shell/protection.ts";

/** Problems named here; the rest is on the page of the hosts. */
const NAMED = 3;

export function HealthCard({
  hosts,
  mode,
}: {
  readonly hosts: readonly HostStatus[];
  readonly mode: "protect" | "observe";
}) {
  const t = useTranslations("dashboard");
  const partNames = usePartNames();
  const { state } = protectionOf(hosts, mode);
  const problems = listProblems(hosts);
  // It protects, and yet somebody should look.
  const isWorn = problems.length > 0 && (state === "protected" || state === "observing");
  const looks = {
    worn: { icon: ShieldAlert, color: "orange", title: t("healthWorn"), text: t("healthWornText") },
    protected: { icon: ShieldCheck, color: "green", title: t("healthProtected"), text: t("healthProtectedText") },
    observing: { icon: Eye, color: "orange", title: t("healthObserving"), text: t("healthObservingText") },
    problems: { icon: ShieldAlert, color: "red", title: t("healthProblems"), text: t("healthProblemsText") },
    "no-host": { icon: ShieldAlert, color: "red", title: t("healthNoHost"), text: t("healthNoHostText") },
  } as const;
  const { icon: Icon, color, title, text } = looks[isWorn ? "worn" : state];
  return (
    <Alert color={color} icon={<Icon aria-hidden />} title={title} data-health={state} role="status">
      {text}{" "}
      {problems.length > 0 && (
        <List size="sm" mt={4} mb={4}>
          {problems.slice(0, NAMED).map(({ host, part, state: partState }) => (
            <List.Item key={`${host} ${part}`}>
              {part === "silent"
                ? t("problemSilent", { host })
                : partState === "failed"
                  ? t("problemFailed", { host, part: partNames[part] })
                  : t("problemDegraded", { host, part: partNames[part] })}
            </List.Item>
          ))}
          {problems.length > NAMED && <List.Item>{t("problemsMore", { count: problems.length - NAMED })}</List.Item>}
        </List>
      )}
      <Anchor component={Link} href="/hosts" prefetch={false} inherit>
        {t("toHosts")}
      </Anchor>
    </Alert>
  );
}
