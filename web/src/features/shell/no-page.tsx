/** What is said where there is no page. */
"use client";
import { Button } from "@mantine/core";
import SearchX from "lucide-react/icons/search-x";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { PageFrame } from "../../components/page-frame.tsx";
import { StateCard } from "../../components/state-card.tsx";
import { usePageNames } from "./use-page-names.ts";

export function NoPage() {
  const t = useTranslations("shell");
  const names = usePageNames();
  return (
    <PageFrame title={t("noPage")}>
      <StateCard icon={SearchX} title={t("noPageTitle")} text={t("noPageText")}>
        <Button component={Link} href="/" variant="default">
          {names.dashboard}
        </Button>
      </StateCard>
    </PageFrame>
  );
}
