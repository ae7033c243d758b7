/** The menu behind a button, open from the moment it is there. */
"use client";
import { ActionIcon, Menu } from "@mantine/core";
import Check from "lucide-react/icons/check";
import Link from "next/link";
import type { LazyMenuProps, MenuChoice } from "./menu-choice.ts";

export function LoadedMenu({ label, icon, heading, choices }: LazyMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal={false} defaultOpened>
      <Menu.Target>
        <ActionIcon size={36} aria-label={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {heading !== undefined && <Menu.Label>{heading}</Menu.Label>}
        {choices.map((choice) => (
          <Choice key={choice.label} {...choice} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Choice({ label, icon, isCurrent = false, lang, href, onChoose }: MenuChoice) {
  const look = {
    lang,
    leftSection: icon,
    rightSection: isCurrent ? <Check size={14} aria-hidden /> : undefined,
    ...(isCurrent ? { "aria-current": true } : {}),
  };
  if (href === undefined) {
    return (
      <Menu.Item {...look} onClick={() => onChoose?.()}>
        {label}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item {...look} component={Link} href={href} prefetch={false}>
      {label}
    </Menu.Item>
  );
}
