/** What stands around every page of who is signed in: header, navigation, the page itself. */
"use client";
import { ActionIcon, Group } from "@mantine/core";
import MenuIcon from "lucide-react/icons/menu";
import PanelLeftClose from "lucide-react/icons/panel-left-close";
import PanelLeftOpen from "lucide-react/icons/panel-left-open";
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { keepChoice, NAVIGATION_COOKIE } from "../../i18n/preference-cookies.ts";
import { AccountMenu } from "./account-menu.tsx";
import { AddressLookup } from "./address-lookup.tsx";
import { Brand } from "./brand.tsx";
import { HealthStrip } from "./health-strip.tsx";
import { LanguageMenu } from "./language-menu.tsx";
import { NavigationList } from "./navigation-list.tsx";
import classes from "./shell.module.css";
import { ThemeMenu } from "./theme-menu.tsx";
import { useApplyPreferences } from "./use-apply-preferences.ts";
import { useShortcutSwitch, useShortcuts } from "./use-shortcuts.ts";

const KeysDialog = dynamic(() => import("./keys-dialog.tsx").then((module) => module.KeysDialog), { ssr: false });
const NavigationDrawer = dynamic(() => import("./navigation-drawer.tsx").then((module) => module.NavigationDrawer), {
  ssr: false,
});

export interface ShellProps {
  /** As the reader left it. */
  readonly isNavigationNarrow: boolean;
  readonly children: ReactNode;
}

export function Shell({ isNavigationNarrow, children }: ShellProps) {
  const t = useTranslations("shell");
  const [isNarrow, setNarrow] = useState(isNavigationNarrow);
  const [drawer, setDrawer] = useState<"never" | "open" | "closed">("never");
  const [keys, setKeys] = useState<"never" | "open" | "closed">("never");
  const [areKeysOn, switchKeys] = useShortcutSwitch();
  const showKeys = useCallback(() => setKeys("open"), []);
  useShortcuts(areKeysOn, showKeys);
  useApplyPreferences();
  const fold = () => {
    keepChoice(NAVIGATION_COOKIE, isNarrow ? "wide" : "narrow");
    setNarrow(!isNarrow);
  };
  return (
    <div className={classes.shell} data-narrow={isNarrow || undefined}>
      <a href="#main" className="skip-link">
        {t("skip")}
      </a>
      <header className={classes.header} data-print="no">
        <Group gap="sm" wrap="nowrap" className={classes.start}>
          <ActionIcon
            size={36}
            className={classes.burger}
            aria-label={t("openNavigation")}
            onClick={() => setDrawer("open")}
          >
            <MenuIcon size={20} aria-hidden />
          </ActionIcon>
          <Brand />
        </Group>
        <HealthStrip />
        <Group gap={4} wrap="nowrap" className={classes.end}>
          <AddressLookup />
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu onKeys={showKeys} />
        </Group>
      </header>
      <aside className={classes.aside} data-print="no">
        <NavigationList isNarrow={isNarrow} />
        <ActionIcon
          size={36}
          className={classes.fold}
          aria-label={isNarrow ? t("widenNavigation") : t("narrowNavigation")}
          aria-pressed={isNarrow}
          onClick={fold}
        >
          {isNarrow ? <PanelLeftOpen size={18} aria-hidden /> : <PanelLeftClose size={18} aria-hidden />}
        </ActionIcon>
      </aside>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      {drawer !== "never" && <NavigationDrawer isShown={drawer === "open"} onClose={() => setDrawer("closed")} />}
      {keys !== "never" && (
        <KeysDialog
          isShown={keys === "open"}
          onClose={() => setKeys("closed")}
          isOn={areKeysOn}
          onSwitch={switchKeys}
        />
      )}
    </div>
  );
}
