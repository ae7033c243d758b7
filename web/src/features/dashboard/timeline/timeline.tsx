/** What was refused over time, stacked by gate: each bar can be focused, a stretch of them dragged or chosen by keyboard. */
"use client";
import { useElementSize } from "@mantine/hooks";
import type { WindowStats } from "@sipprot/shared/window-stats";
import { AxisBottom, AxisLeft } from "@visx/axis";
import { scaleBand, scaleLinear } from "@visx/scale";
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import styles from "./timeline.module.css";
import { TimelineBar } from "./timeline-bar.tsx";
import { listLabelled, spanSteps, sumStep } from "./timeline-layout.ts";
import { TimelineTip } from "./timeline-tip.tsx";
import { useStepTime } from "./use-step-time.ts";

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const HEIGHT = 240;
const MARGIN = { top: 8, right: 4, bottom: 30, left: 46 };
/** Room a label of the time axis needs. */
const LABEL_WIDTH = 84;
const COUNT_TICKS = 4;
const LABEL = styles.label ?? "";

export function Timeline({
  stats: { timeline: steps, stepMs },
  onZoom,
}: {
  readonly stats: Pick<WindowStats, "timeline" | "stepMs">;
  readonly onZoom: (stretch: Stretch) => void;
}) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const formatStep = useStepTime(stepMs);
  const hintId = useId();
  const { ref: frame, width: measured } = useElementSize();
  const width = Math.max(280, measured);
  const bars = useRef<SVGGElement>(null);
  const [current, setCurrent] = useState<number>();
  const [anchor, setAnchor] = useState<number>();
  const [isDragging, setDragging] = useState(false);

  const times = scaleBand({
    domain: steps.map(({ atMs }) => atMs),
    range: [MARGIN.left, width - MARGIN.right],
    padding: 0.15,
  });
  const counts = scaleLinear({
    domain: [0, Math.max(4, ...steps.map(sumStep))],
    range: [HEIGHT - MARGIN.bottom, MARGIN.top],
    nice: COUNT_TICKS,
  });
  const chosen = anchor === undefined || current === undefined ? undefined : spanSteps(steps, stepMs, anchor, current);

  const focusStep = (index: number, isExtending: boolean) => {
    const next = Math.max(0, Math.min(steps.length - 1, index));
    setAnchor(isExtending ? (anchor ?? current ?? next) : undefined);
    setCurrent(next);
    bars.current?.querySelectorAll<SVGGElement>("[data-step]")[next]?.focus();
  };
  const zoom = (stretch: Stretch | undefined) => {
    setAnchor(undefined);
    if (stretch !== undefined) onZoom(stretch);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = current ?? steps.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: steps.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) focusStep(to, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") zoom(chosen ?? spanSteps(steps, stepMs, at, at));
    else if (event.key === "Escape" && anchor !== undefined) setAnchor(undefined);
    else return;
    event.preventDefault();
  };
  const findStep = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    return Math.max(0, Math.min(steps.length - 1, Math.floor((x - MARGIN.left) / times.step())));
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    setAnchor(findStep(event));
    setCurrent(findStep(event));
  };
  const onPointerUp = () => {
    if (!isDragging) return;
    setDragging(false);
    // A click only points at a bar; a stretch of bars is a wish to see it closer.
    zoom(anchor === current ? undefined : chosen);
  };

  return (
    <div ref={frame} className={styles.frame}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title is a tooltip over the whole drawing; the list in it has the name. */}
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => setCurrent(findStep(event))}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setDragging(false)}
        onPointerLeave={() => isDragging || setCurrent(undefined)}
        onBlur={() => setCurrent(undefined)}
      >
        <g aria-hidden>
          {counts.ticks(COUNT_TICKS).map((count) => (
            <line
              key={count}
              className={styles.grid}
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={counts(count)}
              y2={counts(count)}
            />
          ))}
          <AxisLeft
            scale={counts}
            left={MARGIN.left}
            numTicks={COUNT_TICKS}
            hideAxisLine
            hideTicks
            tickFormat={(count) => format.number(Number(count), { notation: "compact" })}
            tickLabelProps={() => ({ className: LABEL, textAnchor: "end", dx: -4, dy: "0.33em" })}
          />
          <AxisBottom
            scale={times}
            top={HEIGHT - MARGIN.bottom}
            hideTicks
            axisLineClassName={styles.axis ?? ""}
            tickValues={listLabelled(steps, stepMs, (width - MARGIN.left) / LABEL_WIDTH).map(({ atMs }) => atMs)}
            tickFormat={(atMs) => formatStep(Number(atMs))}
            tickLabelProps={() => ({ className: LABEL, textAnchor: "middle", dy: "0.1em" })}
          />
        </g>
        {chosen !== undefined && (
          <rect
            className={styles.chosen}
            x={times(chosen.fromMs)}
            width={Math.max(0, (times(chosen.toMs - stepMs) ?? 0) + times.bandwidth() - (times(chosen.fromMs) ?? 0))}
            y={MARGIN.top}
            height={HEIGHT - MARGIN.top - MARGIN.bottom}
          />
        )}
        <g
          ref={bars}
          role="listbox"
          aria-multiselectable
          aria-orientation="horizontal"
          aria-label={t("timelineLabel")}
          aria-describedby={hintId}
          onKeyDown={onKeyDown}
        >
          {steps.map((step, index) => (
            <TimelineBar
              key={step.atMs}
              step={step}
              stepMs={stepMs}
              x={times(step.atMs) ?? 0}
              width={times.bandwidth()}
              yOf={counts}
              roomTop={MARGIN.top}
              isCurrent={index === current}
              isChosen={chosen !== undefined && step.atMs >= chosen.fromMs && step.atMs < chosen.toMs}
              isReachable={index === (current ?? steps.length - 1)}
              onFocus={() => setCurrent(index)}
            />
          ))}
        </g>
      </svg>
      <TimelineTip
        step={current === undefined ? undefined : steps[current]}
        stepMs={stepMs}
        stretch={anchor === current ? undefined : chosen}
        left={(current === undefined ? 0 : (times(steps[current]?.atMs ?? 0) ?? 0) + times.bandwidth() / 2) / width}
      />
      <p id={hintId} className={styles.hint}>
        {t("timelineHint")}
      </p>
    </div>
  );
}
