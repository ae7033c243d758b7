/** The name of a page beside its sign, where the navigation shows signs alone; loaded only there. */
"use client";
import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";

export function NavigationTip({ label, children }: { readonly label: string; readonly children: ReactElement }) {
  return (
    <Tooltip label={label} position="right">
      {children}
    </Tooltip>
  );
}
