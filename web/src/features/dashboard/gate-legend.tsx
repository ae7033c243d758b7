/** What the colours of the timeline mean, with the sums; choosing a gate narrows the whole page to it. */
"use client";
import { UnstyledButton } from "@mantine/core";
import { gates as allGates, type Gate } from "@sipprot/shared/gate";
import type { Counted } from "@sipprot/shared/stats";
import { useFormatter, useTranslations } from "use-intl";
import { gateIcons } from "../../components/gate-icons.ts";
import { useGateNames } from "../../components/use-gate-name.ts";
import styles from "./gate-legend.module.css";

export function GateLegend({
  gates,
  chosen,
  onChoose,
}: {
  readonly gates: readonly Counted[];
  readonly chosen: Gate | undefined;
  readonly onChoose: (gate: Gate | undefined) => void;
}) {
  const t = useTranslations("dashboard");
  const gateNames = useGateNames();
  const format = useFormatter();
  const counted = new Map(gates.map(({ name, refused, wouldRefuse }) => [name, refused + wouldRefuse]));
  // In the order of the policy, as in the bars: the order must not jump with each refresh.
  const shown = allGates.filter((gate) => counted.has(gate) || gate === chosen);
  const isObserving = gates.some(({ wouldRefuse }) => wouldRefuse > 0);
  if (shown.length === 0) return null;
  return (
    <ul className={styles.legend} aria-label={t("gates")}>
      {shown.map((gate) => {
        const Icon = gateIcons[gate];
        return (
          <li key={gate}>
            <UnstyledButton
              className={styles.gate}
              data-gate={gate}
              aria-pressed={gate === chosen}
              onClick={() => onChoose(gate === chosen ? undefined : gate)}
            >
              <span className={styles.swatch} aria-hidden style={{ background: `var(--gate-${gate})` }} />
              <Icon size={13} aria-hidden />
              {gateNames[gate]}
              <span className={styles.count}>{format.number(counted.get(gate) ?? 0)}</span>
            </UnstyledButton>
          </li>
        );
      })}
      {isObserving && (
        <li className={styles.note}>
          <span className={styles.observed} aria-hidden />
          {t("observedNote")}
        </li>
      )}
    </ul>
  );
}
