/** How the beginning of a step is written: the hour within a day, the day where steps are longer. */
import { useFormatter } from "use-intl";

const DAY_MS = 86_400_000;
const LONG_STEP_MS = 3 * 3_600_000;

/** Returns what writes a time: `short` for an axis, `long` where it stands alone. */
export function useStepTime(stepMs: number, form: "short" | "long" = "short"): (atMs: number) => string {
  const format = useFormatter();
  const hour = { hour: "2-digit", minute: "2-digit" } as const;
  const day = { day: "numeric", month: "short" } as const;
  if (stepMs >= DAY_MS) return (atMs) => format.dateTime(atMs, day);
  if (form === "long") return (atMs) => format.dateTime(atMs, { weekday: "short", ...day, ...hour });
  return (atMs) => format.dateTime(atMs, stepMs >= LONG_STEP_MS ? { ...day, hour: "2-digit" } : hour);
}
