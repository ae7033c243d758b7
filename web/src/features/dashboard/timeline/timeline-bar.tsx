/** One bar of the timeline, one part a gate; hatched is what observe mode let pass. */
import { useFormatter, useTranslations } from "use-intl";
import { useGateNames } from "../../../components/use-gate-name.ts";
import styles from "./timeline.module.css";
import { type Segment, stackStep, sumStep, type TimelineStep } from "./timeline-layout.ts";
import { useStepTime } from "./use-step-time.ts";

export function TimelineBar({
  step,
  stepMs,
  x,
  width,
  yOf,
  roomTop,
  isCurrent,
  isChosen,
  isReachable,
  onFocus,
}: {
  readonly step: TimelineStep;
  readonly stepMs: number;
  readonly x: number;
  readonly width: number;
  /** Where a count lies, from the bottom up. */
  readonly yOf: (count: number) => number;
  /** Where the room above the bars begins. */
  readonly roomTop: number;
  readonly isCurrent: boolean;
  /** True while it is in the stretch that is being chosen. */
  readonly isChosen: boolean;
  /** One bar at a time is reached by Tab; the others from it by the arrow keys. */
  readonly isReachable: boolean;
  readonly onFocus: () => void;
}) {
  const t = useTranslations("dashboard");
  const gateNames = useGateNames();
  const format = useFormatter();
  const formatStep = useStepTime(stepMs, "long");
  const segments = stackStep(step);
  const describe = ({ gate, isObserved, count }: Segment) =>
    isObserved ? t("partObserved", { gate: gateNames[gate], count }) : t("part", { gate: gateNames[gate], count });
  const parts = format.list(segments.map(describe), { type: "unit" });
  const total = sumStep(step);
  const time = formatStep(step.atMs);
  const top = yOf(total);
  const bottom = yOf(0);
  return (
    <g
      className={styles.bar}
      data-step
      data-current={isCurrent || undefined}
      role="option"
      aria-selected={isChosen}
      tabIndex={isReachable ? 0 : -1}
      aria-label={total === 0 ? t("barEmpty", { time }) : t("bar", { time, count: total, parts })}
      onFocus={onFocus}
    >
      <rect className={styles.room} x={x} width={width} y={roomTop} height={bottom - roomTop} />
      {segments.map(({ gate, isObserved, start, count }) => (
        <rect
          key={`${gate} ${isObserved}`}
          className={isObserved ? styles.observed : undefined}
          style={
            isObserved
              ? { stroke: `var(--gate-${gate})`, fill: `var(--gate-${gate}-tint)` }
              : { fill: `var(--gate-${gate})` }
          }
          x={x}
          width={width}
          y={yOf(start + count)}
          height={Math.max(0, yOf(start) - yOf(start + count))}
        />
      ))}
      <rect className={styles.outline} x={x - 1.5} width={width + 3} y={top - 1.5} height={bottom - top + 3} />
    </g>
  );
}
