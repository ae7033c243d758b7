/** Draws notices; loaded with the first. */
"use client";
import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";
import { useTranslations } from "use-intl";

export function NoticeHost() {
  const t = useTranslations("kit");
  return <Notifications position="bottom-right" limit={5} zIndex={500} aria-label={t("notices")} />;
}
