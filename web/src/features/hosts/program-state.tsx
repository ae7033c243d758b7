/** How a program is, in our words for the process manager's. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { type ShownState, StateBadge } from "./state-badge.tsx";

const states: Readonly<Record<string, ShownState>> = {
  online: "ok",
  launching: "starting",
  "waiting restart": "starting",
  stopping: "starting",
  stopped: "stopped",
  errored: "failed",
};

export function ProgramState({
  status,
  label,
}: {
  readonly status: string;
  /** Instead of the word for the status. */
  readonly label?: string;
}) {
  const t = useTranslations("hosts");
  const labels: Readonly<Record<string, string>> = {
    online: t("programOnline"),
    launching: t("programLaunching"),
    "waiting restart": t("programWaiting"),
    stopping: t("programStopping"),
    stopped: t("programStopped"),
    errored: t("programErrored"),
  };
  return <StateBadge state={states[status] ?? "degraded"} label={label ?? labels[status] ?? status} />;
}

/** What our programs are called; others by their own name. */
export function useProgramNames(): Readonly<Record<string, string>> {
  const t = useTranslations("hosts");
  return useMemo(
    () => ({
      "sipprot-proxy": t("programProxy"),
      "sipprot-redis": t("programRedis"),
      "sipprot-control": t("programControl"),
      "sipprot-web": t("programWeb"),
    }),
    [t],
  );
}
