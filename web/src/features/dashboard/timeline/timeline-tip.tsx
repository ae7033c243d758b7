/** What the bar under the pointer or the focus holds; the bars' own names say the same to who listens. */
import { useFormatter, useTranslations } from "use-intl";
import { useGateNames } from "../../../components/use-gate-name.ts";
import styles from "./timeline.module.css";
import { stackStep, sumStep, type TimelineStep } from "./timeline-layout.ts";
import { useStepTime } from "./use-step-time.ts";

export function TimelineTip({
  step,
  stepMs,
  stretch,
  left,
}: {
  readonly step: TimelineStep | undefined;
  readonly stepMs: number;
  /** A stretch of several steps that is being chosen. */
  readonly stretch: { readonly fromMs: number; readonly toMs: number } | undefined;
  /** Where the bar is, as a share of the width. */
  readonly left: number;
}) {
  const t = useTranslations("dashboard");
  const gateNames = useGateNames();
  const format = useFormatter();
  const formatStep = useStepTime(stepMs, "long");
  if (step === undefined) return null;
  return (
    <div
      className={styles.tip}
      data-print="no"
      aria-hidden
      style={{ left: `${left * 100}%`, transform: `translateX(${-left * 100}%)` }}
    >
      <strong>
        {stretch === undefined
          ? formatStep(step.atMs)
          : t("zoomTo", { from: formatStep(stretch.fromMs), to: formatStep(stretch.toMs) })}
      </strong>
      {stackStep(step)
        .reverse()
        .map(({ gate, isObserved, count }) => (
          <span key={`${gate} ${isObserved}`} className={styles.tipLine}>
            <span className={styles.swatch} style={{ background: `var(--gate-${gate})` }} />
            {isObserved ? t("observedGate", { gate: gateNames[gate] }) : gateNames[gate]}
            <span className={styles.tipCount}>{format.number(count)}</span>
          </span>
        ))}
      <span className={styles.tipLine}>
        {t("refused")}
        <span className={styles.tipCount}>{format.number(sumStep(step))}</span>
      </span>
      {step.passed !== undefined && (
        <span className={styles.tipLine}>
          {t("passed")}
          <span className={styles.tipCount}>{format.number(step.passed)}</span>
        </span>
      )}
    </div>
  );
}
