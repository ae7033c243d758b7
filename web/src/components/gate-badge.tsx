/** A gate: its sign, its name, its colour. */
"use client";
import type { Gate } from "@sipprot/shared/reason";
import classes from "./badge.module.css";
import { gateIcons } from "./gate-icons.ts";
import { useGateNames } from "./use-gate-name.ts";

export function GateBadge({ gate }: { readonly gate: Gate }) {
  const names = useGateNames();
  const Icon = gateIcons[gate];
  return (
    <span
      className={classes.badge}
      style={{ background: `var(--gate-${gate}-tint)`, color: `var(--gate-${gate}-text)` }}
    >
      <Icon size={13} aria-hidden />
      {names[gate]}
    </span>
  );
}
