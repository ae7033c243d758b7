/** A button with a menu that is loaded when it is first wanted: the first view of a page needs no menus. */
"use client";
import { ActionIcon } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { LazyMenuProps } from "./menu-choice.ts";

const loadMenu = () => import("./loaded-menu.tsx").then((module) => module.LoadedMenu);
const LoadedMenu = dynamic(loadMenu, { ssr: false, loading: () => null });

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
