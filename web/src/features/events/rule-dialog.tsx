/** Makes a rule of what is seen: deny the addresses, block an agent, deny a country; after it was said whom that would meet. */
"use client";
import { Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { EventFilter } from "@sipprot/shared/event-filter";
import type { Rule, RuleOffer } from "@sipprot/shared/event-log";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { countryCodes } from "../../components/country-codes.ts";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useCountryName } from "../../components/use-country-name.ts";
import type { Range } from "../../components/use-range.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPCClient } from "../../trpc/trpc.ts";
import { useMay } from "../../trpc/use-me.ts";
import { RulePreview } from "./rule-preview.tsx";
import { canBeDenied, type RuleStart } from "./rule-start.ts";
import { useApplyRule } from "./use-apply-rule.ts";

export interface RuleDialogProps {
  readonly start: RuleStart;
  readonly filter: EventFilter;
  readonly range: Range;
  readonly onClose: () => void;
}

/** As long as a pause between two keys of slow typing. */
const TYPING_PAUSE_MS = 300;

export function RuleDialog({ start, filter, range, onClose }: RuleDialogProps) {
  const t = useTranslations("events");
  const kit = useTranslations("kit");
  const client = useTRPCClient();
  const mayChangeSettings = useMay("administrator");
  const [kind, setKind] = useState(start.kind);
  const [agent, setAgent] = useState(
    start.kind === "block-agent" ? (start.value ?? "") : (filter.only?.agents?.[0] ?? ""),
  );
  const [country, setCountry] = useState(
    start.kind === "deny-country" ? (start.value ?? "") : (filter.only?.countries?.find((code) => code !== "") ?? ""),
  );
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const rule = useMemo(() => ruleOf(kind, agent, country), [kind, agent, country]);
  const [asked] = useDebouncedValue(rule, TYPING_PAUSE_MS);
  const view: EventFilter = start.source === undefined ? filter : { only: { networks: [start.source] } };
  const offer = useQuery({
    queryKey: ["event-rule", asked, view, range.range],
    queryFn: ({ signal }): Promise<RuleOffer> => {
      const { fromMs, toMs } = range.bounds(serverNowMs());
      const end = range.range.kind === "free" ? { toMs } : {};
      const input = { rule: asked, filter: view, fromMs: Math.floor(fromMs), ...end };
      return client.events.offerRule.query(JSON.parse(JSON.stringify(input)), { signal });
    },
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const apply = useApplyRule(onClose);
  const chosen = (offer.data?.sources ?? [])
    .filter(({ source, standing }) => canBeDenied(standing) && !left.has(source))
    .map(({ source }) => source);
  const isCurrent = rule !== undefined && rule === asked && !offer.isPlaceholderData && offer.data !== undefined;
  const isReady = isCurrent && (kind === "deny-sources" ? chosen.length > 0 : offer.data?.patch !== undefined);
  const submit = () => {
    if (!isReady || rule === undefined) return;
    if (rule.kind === "deny-sources") apply.deny(chosen);
    else if (offer.data?.patch !== undefined) apply.change(offer.data.patch, rule);
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t("ruleTitle")} closeButtonProps={{ "aria-label": kit("close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md" pt="xs">
          <NativeSelect
            data-autofocus
            label={t("ruleKind")}
            value={kind}
            data={[
              { value: "deny-sources", label: t("denySources") },
              { value: "block-agent", label: t("blockAgent"), disabled: !mayChangeSettings },
              { value: "deny-country", label: t("denyCountry"), disabled: !mayChangeSettings },
            ]}
            description={mayChangeSettings ? undefined : t("ruleNeedsAdministrator")}
            onChange={(event) => setKind(event.currentTarget.value as Rule["kind"])}
          />
          {kind === "block-agent" && (
            <TextInput
              label={t("agent")}
              description={t("agentHint")}
              value={agent}
              maxLength={100}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setAgent(event.currentTarget.value)}
            />
          )}
          {kind === "deny-country" && <CountrySelect country={country} onCountry={setCountry} />}
          <FormError error={apply.error} />
          {rule !== undefined && (
            <DataState query={offer} skeletonRows={4}>
              {(known) => <RulePreview rule={rule} offer={known} left={left} onLeft={setLeft} />}
            </DataState>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit" color="red" disabled={!isReady} loading={apply.isBusy}>
              {kind === "deny-sources" ? t("denyCount", { count: chosen.length }) : t("applyRule")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function ruleOf(kind: Rule["kind"], agent: string, country: string): Rule | undefined {
  switch (kind) {
    case "deny-sources":
      return { kind };
    case "block-agent":
      return agent.trim().length < 2 ? undefined : { kind, agent: agent.trim() };
    case "deny-country":
      return country === "" ? undefined : { kind, country };
  }
}

function CountrySelect(props: { readonly country: string; readonly onCountry: (code: string) => void }) {
  const t = useTranslations("events");
  const name = useCountryName();
  const locale = useLocale();
  const options = useMemo(() => {
    const named = countryCodes.map((value) => ({ value, label: name(value) }));
    return named.sort((one, other) => one.label.localeCompare(other.label, locale));
  }, [name, locale]);
  return (
    <NativeSelect
      label={t("country")}
      value={props.country}
      data={[{ value: "", label: t("chooseCountry") }, ...options]}
      onChange={(event) => props.onCountry(event.currentTarget.value)}
    />
  );
}
