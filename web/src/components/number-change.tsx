/** A number against the one of the period before: by how much, up or down, and whether that is good. */
"use client";
import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Minus from "lucide-react/icons/minus";
import { useFormatter, useTranslations } from "use-intl";
import classes from "./badge.module.css";
import { type Change, changeOf } from "./change-of.ts";

export interface NumberChangeProps {
  readonly now: number;
  readonly before: number;
  /** Which way is bad; without it neither is. */
  readonly bad?: "up" | "down";
}

const icons = { up: ArrowUp, down: ArrowDown, same: Minus } as const;

export function NumberChange({ now, before, bad }: NumberChangeProps) {
  const t = useTranslations("kit");
  const format = useFormatter();
  const change = changeOf(now, before);
  const Icon = icons[change.direction];
  return (
    <span className={classes.badge} style={{ color: `var(--mantine-color-${colorOf(change, bad)}-text)` }}>
      <Icon size={13} aria-hidden />
      {change.ratio === undefined
        ? t("changeFromNone")
        : t("change", {
            percent: format.number(change.ratio, {
              style: "percent",
              maximumFractionDigits: 0,
              signDisplay: "exceptZero",
            }),
          })}
    </span>
  );
}

function colorOf({ direction }: Change, bad: "up" | "down" | undefined): string {
  if (direction === "same" || bad === undefined) return "gray";
  return direction === bad ? "red" : "green";
}
