/** The parts of a host in the reader's words: what each is called, and what its state means for the calls. */
import type { HealthPart, PartHealth } from "@sipprot/shared/host";
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function usePartNames(): Readonly<Record<HealthPart, string>> {
  const t = useTranslations("hosts");
  return useMemo(
    () => ({
      "data-path": t("partDataPath"),
      redis: t("partRedis"),
      snapshot: t("partSnapshot"),
      "kernel-steering": t("partKernelSteering"),
      "kernel-bans": t("partKernelBans"),
      pbx: t("partPbx"),
      geo: t("partGeo"),
    }),
    [t],
  );
}

type States = Readonly<Record<PartHealth["state"], string>>;

/** One sentence for each part and state. */
export function usePartSentences(): Readonly<Record<HealthPart, States>> {
  const t = useTranslations("hosts");
  return useMemo(
    () => ({
      "data-path": {
        ok: t("dataPathOk"),
        off: t("partOff"),
        degraded: t("dataPathDegraded"),
        failed: t("dataPathFailed"),
      },
      redis: { ok: t("redisOk"), off: t("partOff"), degraded: t("redisDegraded"), failed: t("redisDegraded") },
      snapshot: {
        ok: t("snapshotOk"),
        off: t("partOff"),
        degraded: t("snapshotDegraded"),
        failed: t("snapshotDegraded"),
      },
      "kernel-steering": {
        ok: t("steeringOk"),
        off: t("steeringOff"),
        degraded: t("steeringDegraded"),
        failed: t("steeringFailed"),
      },
      "kernel-bans": { ok: t("bansOk"), off: t("bansOff"), degraded: t("bansDegraded"), failed: t("bansDegraded") },
      pbx: { ok: t("pbxOk"), off: t("partOff"), degraded: t("pbxDegraded"), failed: t("pbxDegraded") },
      geo: { ok: t("geoOk"), off: t("partOff"), degraded: t("geoDegraded"), failed: t("geoDegraded") },
    }),
    [t],
  );
}
