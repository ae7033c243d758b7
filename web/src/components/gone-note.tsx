/** Says that chosen rows are gone from the list, until it is read. */
"use client";
import { Alert } from "@mantine/core";
import Info from "lucide-react/icons/info";
import { useTranslations } from "use-intl";
import type { GoneRows } from "./use-chosen-gone.ts";

export function GoneNote({ gone }: { readonly gone: GoneRows }) {
  const t = useTranslations("kit");
  if (gone.count === 0) return null;
  return (
    <Alert
      role="status"
      color="orange"
      p="xs"
      icon={<Info aria-hidden />}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={gone.forget}
    >
      {t("chosenGone", { count: gone.count })}
    </Alert>
  );
}
