/** Chooses light, dark, or what the system says. */
"use client";
import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import Check from "lucide-react/icons/check";
import Monitor from "lucide-react/icons/monitor";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";
import { useTranslations } from "use-intl";
import classes from "./theme-menu.module.css";

export function ThemeMenu() {
  const t = useTranslations("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices: ReadonlyArray<{ scheme: MantineColorScheme; label: string; icon: typeof Sun }> = [
    { scheme: "light", label: t("themeLight"), icon: Sun },
    { scheme: "dark", label: t("themeDark"), icon: Moon },
    { scheme: "auto", label: t("themeAuto"), icon: Monitor },
  ];
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon size={36} aria-label={t("theme")}>
          {/* Which of the two is seen is decided by style: the server does not know the scheme. */}
          <Sun size={18} aria-hidden className={classes.light} />
          <Moon size={18} aria-hidden className={classes.dark} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ scheme, label, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={15} aria-hidden />}
            rightSection={scheme === colorScheme ? <Check size={14} aria-hidden /> : undefined}
            aria-current={scheme === colorScheme || undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
