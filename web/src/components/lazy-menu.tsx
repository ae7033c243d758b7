/** A button with a menu that is loaded when it is first wanted: the first view of a page needs no menus. */
"use client";
import { ActionIcon } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";

const loadMenu = () => import("./loaded-menu.tsx").then((module) => module.LoadedMenu);
const LoadedMenu = dynamic(loadMenu, { ssr: false, loading: () => null });

/** One line of a menu. */
export interface MenuChoice {
  readonly label: string;
  readonly icon?: ReactNode;
  /** True marks the one that is chosen. */
  readonly isCurrent?: boolean;
  /** Language of the label where it is not the page's. */
  readonly lang?: string;
  /** A choice leads somewhere, or does something. */
  readonly href?: string;
  readonly onChoose?: () => void;
}

export interface LazyMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Words above the choices. */
  readonly heading?: string | undefined;
  readonly choices: readonly MenuChoice[];
}

export function LazyMenu({ label, icon, heading, choices }: LazyMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const preload = () => void loadMenu();
  const button = (
    <ActionIcon
      size={36}
      aria-label={label}
      aria-haspopup="menu"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    >
      {icon}
    </ActionIcon>
  );
  if (!isWanted) return button;
  return <LoadedMenu label={label} icon={icon} heading={heading} choices={choices} />;
}
