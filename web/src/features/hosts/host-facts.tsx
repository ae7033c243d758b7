/** What a host is and has to do, as names and values. */
import type { HostStatus } from "@sipprot/shared/host";
import { useFormatter, useTranslations } from "use-intl";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { TimeAgo } from "../../components/time-ago.tsx";

export function HostFacts({ host }: { readonly host: HostStatus }) {
  const t = useTranslations("hosts");
  const { path, endpoints, workers, version, startedAtMs, seenAtMs, isInStep } = host;
  return (
    <FactList>
      <Fact name={t("mode")} value={path === "transparent" ? t("transparent") : t("relay")} />
      <Fact
        name={t("endpoints")}
        value={endpoints.length === 0 ? t("noEndpoint") : <span translate="no">{endpoints.join(", ")}</span>}
      />
      <Fact name={t("version")} value={version} />
      <Fact name={t("workers")} value={workers} />
      <Fact name={t("started")} value={<TimeAgo atMs={startedAtMs} />} />
      <Fact name={t("lastHeard")} value={<TimeAgo atMs={seenAtMs} />} />
      <Fact name={t("changes")} value={isInStep ? t("inStep") : t("notInStep")} />
      <LoadFacts host={host} />
    </FactList>
  );
}

function LoadFacts({ host: { load, isSilent } }: { readonly host: HostStatus }) {
  const t = useTranslations("hosts");
  const format = useFormatter();
  // What a silent host had to do says nothing of now.
  if (load === undefined || isSilent) return <Fact name={t("load")} value={t("loadUnknown")} />;
  const perSecond = (count: number) =>
    t("perSecond", { count: format.number(count, { maximumFractionDigits: count < 10 ? 1 : 0 }) });
  const { medianLatencyMicroseconds: median, slowestLatencyMicroseconds: slowest } = load;
  const duration = (microseconds: number) =>
    microseconds < 1000
      ? t("microseconds", { count: microseconds })
      : t("milliseconds", { count: format.number(microseconds / 1000) });
  return (
    <>
      <Fact name={t("messages")} value={perSecond(load.messagesPerSecond)} />
      <Fact name={t("refused")} value={perSecond(load.refusedPerSecond)} />
      <Fact
        name={t("latency")}
        value={
          median === undefined || slowest === undefined
            ? t("latencyUnknown")
            : t("latencyWithin", { median: duration(median), slowest: duration(slowest) })
        }
      />
      <Fact name={t("sources")} value={format.number(load.sources)} />
      <Fact name={t("connections")} value={format.number(load.connections)} />
      <Fact
        name={t("memory")}
        value={format.number(Math.round(load.memoryBytes / 1_000_000), { style: "unit", unit: "megabyte" })}
      />
      <Fact
        name={t("machineLoad")}
        value={t("machineLoadOf", {
          load: format.number(load.machineLoad, { maximumFractionDigits: 2 }),
          processors: load.processors,
        })}
      />
    </>
  );
}
