/** The navigation on a phone, over the page. */
"use client";
import { Drawer } from "@mantine/core";
import { useTranslations } from "use-intl";
import { NavigationList } from "./navigation-list.tsx";

export interface NavigationDrawerProps {
  readonly isShown: boolean;
  readonly onClose: () => void;
}

export function NavigationDrawer({ isShown, onClose }: NavigationDrawerProps) {
  const t = useTranslations("shell");
  const kit = useTranslations("kit");
  return (
    <Drawer
      opened={isShown}
      onClose={onClose}
      title={t("navigation")}
      size="17rem"
      padding={0}
      closeButtonProps={{ "aria-label": kit("close"), mr: "xs" }}
      styles={{ title: { paddingInlineStart: "1.25rem", fontWeight: 600 } }}
    >
      <NavigationList onChoose={onClose} />
    </Drawer>
  );
}
