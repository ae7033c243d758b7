/** Chooses light, dark, or what the system says. */
"use client";
import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { useTranslations } from "use-intl";
import { LazyMenu } from "../../components/lazy-menu.tsx";
import classes from "./theme-menu.module.css";
import { usePreferences } from "./use-preferences.ts";

export function ThemeMenu() {
  const t = useTranslations("shell");
  const { change } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices: ReadonlyArray<{ scheme: MantineColorScheme; label: string; icon: typeof Sun }> = [
    { scheme: "light", label: t("themeLight"), icon: Sun },
    { scheme: "dark", label: t("themeDark"), icon: Moon },
    { scheme: "auto", label: t("themeAuto"), icon: Monitor },
  ];
  // Which of the two signs is seen is decided by style: the server does not know the scheme.
  const icon = (
    <>
      <Sun size={18} aria-hidden className={classes.light} />
      <Moon size={18} aria-hidden className={classes.dark} />
    </>
  );
  return (
    <LazyMenu
      label={t("theme")}
      icon={icon}
      choices={choices.map(({ scheme, label, icon: Icon }) => ({
        label,
        icon: <Icon size={15} aria-hidden />,
        isCurrent: scheme === colorScheme,
        onChoose: () => {
          setColorScheme(scheme);
          change({ colorScheme: scheme });
        },
      }))}
    />
  );
}
