/** A state by a sign, a word and a colour. */
import type { ComponentType } from "react";
import styles from "./badge.module.css";

export interface StatusBadgeProps {
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  readonly color: "green" | "orange" | "red" | "gray" | "accent";
  readonly label: string;
}

export function StatusBadge({ icon: Icon, color, label }: StatusBadgeProps) {
  return (
    <span
      className={styles.badge}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-text)` }}
    >
      <Icon size={13} aria-hidden />
      {label}
    </span>
  );
}
