/** What is said where there is no page: what it would be, and how the command line does it. */
"use client";
import { Button, Code } from "@mantine/core";
import Terminal from "lucide-react/icons/square-terminal";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { StateCard } from "../../components/state-card.tsx";
import { type PageName, pageOf } from "./navigation.ts";
import { usePageNames } from "./use-page-names.ts";

/** The command that does the work of a page. */
const commands: Readonly<Partial<Record<PageName, string>>> = {
  allowlist: "sipprot list allow",
  denylist: "sipprot list deny",
  dynamicList: "sipprot status --dynamic",
  why: "sipprot explain",
  events: "sipprot watch",
  settings: "sipprot settings get",
};

export function NoPage() {
  const t = useTranslations("shell");
  const names = usePageNames();
  const path = usePathname();
  const page = pageOf(path);
  const command = page && commands[page.name];
  const subject = page?.name === "why" ? ` ${decode(path.slice("/why/".length))}` : "";
  return (
    <PageFrame title={page === undefined ? t("noPage") : names[page.name]}>
      <StateCard
        icon={Terminal}
        title={t("noPageTitle")}
        text={command === undefined ? t("noPageText") : t("noPageCommand")}
      >
        {command !== undefined && <Code>{`${command}${subject}`}</Code>}
        <Button component={Link} href="/" variant="default">
          {names.dashboard}
        </Button>
      </StateCard>
    </PageFrame>
  );
}

/** Anything can stand in an address bar, also what cannot be decoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
