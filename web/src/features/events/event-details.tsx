/** Everything an event says, each value with a way to narrow the log to it or to leave it out, and rules of it. */
"use client";
import { Button, Group } from "@mantine/core";
import type { SipEvent } from "@sipprot/shared/event";
import CircleHelp from "lucide-react/icons/circle-question-mark";
import Filter from "lucide-react/icons/funnel";
import FilterX from "lucide-react/icons/funnel-x";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { addressHref } from "../../components/address-link.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { GateBadge } from "../../components/gate-badge.tsx";
import { VerdictBadge } from "../../components/verdict-badge.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { useMay } from "../../trpc/use-me.ts";
import classes from "./event-details.module.css";
import { type Condition, type FilterField, isPossible, UNKNOWN_COUNTRY } from "./log-filter.ts";
import type { RuleStart } from "./rule-start.ts";
import { useConditionText, useFieldNames } from "./use-condition-text.ts";

export interface EventDetailsProps {
  readonly event: SipEvent;
  readonly onFilter: (condition: Condition) => void;
  readonly onRule: ((start: RuleStart) => void) | undefined;
}

export function EventDetails({ event, onFilter, onRule }: EventDetailsProps) {
  const t = useTranslations("events");
  const names = useFieldNames();
  const { kind, gate, source, country = "", agent, endpoint, host, transport, proven, method, reason } = event;
  const account = event.account ?? (reason.gate === "guessing" ? reason.account : undefined) ?? "";
  const filtered = (field: FilterField, value: string, shown: ReactNode) => (
    <Fact name={names[field]} filter={{ field, value }} onFilter={onFilter}>
      {shown}
    </Fact>
  );
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        {filtered("address", source, <span translate="no">{source}</span>)}
        {filtered("country", country === "" ? UNKNOWN_COUNTRY : country, <CountryName code={country} />)}
        {filtered("verdict", kind, <VerdictBadge verdict={kind} />)}
        {filtered("gate", gate, <GateBadge gate={gate} />)}
        {filtered("account", account, <WireText text={account} />)}
        {filtered("agent", agent, <WireText text={agent} />)}
        {filtered("endpoint", endpoint, <span translate="no">{endpoint}</span>)}
        {filtered("host", host, <span translate="no">{host}</span>)}
        <Fact name={t("method")}>
          <WireText text={method} />
        </Fact>
        <Fact name={t("transport")}>{transport.toUpperCase()}</Fact>
        <Fact name={t("proof")}>{proven ? t("proven") : t("notProven")}</Fact>
      </dl>
      <Group gap="xs" data-print="no">
        <Button
          component={Link}
          href={addressHref(source)}
          prefetch={false}
          size="compact-sm"
          leftSection={<CircleHelp size={14} aria-hidden />}
        >
          {t("why")}
        </Button>
        <CopyButton text={() => JSON.stringify(event, undefined, 2)} label={t("copyJson")} />
        {onRule !== undefined && <RuleButtons event={event} onRule={onRule} />}
      </Group>
    </div>
  );
}

function RuleButtons({ event, onRule }: { readonly event: SipEvent; readonly onRule: (start: RuleStart) => void }) {
  const t = useTranslations("events");
  const mayChangeSettings = useMay("administrator");
  const { source, country = "", agent } = event;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => onRule({ kind: "deny-sources", source })}>
        {t("denyThis")}
      </Button>
      {mayChangeSettings && agent.trim().length > 1 && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onRule({ kind: "block-agent", value: agent.trim().slice(0, 100) })}
        >
          {t("blockAgentThis")}
        </Button>
      )}
      {mayChangeSettings && country !== "" && (
        <Button variant="default" size="compact-sm" onClick={() => onRule({ kind: "deny-country", value: country })}>
          {t("denyCountryThis")}
        </Button>
      )}
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly filter?: Pick<Condition, "field" | "value">;
  readonly onFilter?: EventDetailsProps["onFilter"];
  readonly children: ReactNode;
}

function Fact({ name, filter, onFilter, children }: FactProps) {
  const t = useTranslations("events");
  const textOf = useConditionText();
  const canFilter = filter !== undefined && onFilter !== undefined && isPossible(filter);
  const button = (isExcluded: boolean) => {
    if (!canFilter) return null;
    const condition = { ...filter, isExcluded };
    const Icon = isExcluded ? FilterX : Filter;
    const label = t("narrowTo", { filter: textOf(condition) });
    return (
      <button
        type="button"
        className={classes.filter}
        aria-label={label}
        title={label}
        onClick={() => onFilter(condition)}
      >
        <Icon size={14} aria-hidden />
      </button>
    );
  };
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.value}>{children}</span>
        {canFilter && (
          <span className={classes.filters} data-print="no">
            {button(false)}
            {button(true)}
          </span>
        )}
      </dd>
    </div>
  );
}
