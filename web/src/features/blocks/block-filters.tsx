/** Filters of the blocks beside search and countries: gate, endpoint, and whether a whole source or an account is blocked. */
"use client";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useGateNames } from "../../components/use-gate-name.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { type BlockFilters, blockScopes } from "./use-block-query.ts";

/** Gates that begin blocks. */
const blockingGates = ["guessing", "scanner", "flood", "malformed", "country"] as const;
const EVERYTHING = "";

export interface BlockFilterFieldsProps {
  readonly filters: BlockFilters;
  readonly onFilter: (change: Partial<BlockFilters>) => void;
}

export function BlockFilterFields({ filters, onFilter }: BlockFilterFieldsProps) {
  const t = useTranslations("blocks");
  const names = useGateNames();
  const trpc = useTRPC();
  const hosts = useQuery(trpc.hosts.list.queryOptions(undefined, { staleTime: 60_000 }));
  const known = (hosts.data ?? []).flatMap(({ endpoints }) => endpoints);
  const endpoints = [...new Set([...known, ...(filters.endpoint === null ? [] : [filters.endpoint])])].sort();
  const scopes = { source: t("wholeSources"), account: t("singleAccounts") };
  return (
    <>
      <NativeSelect
        aria-label={t("gate")}
        value={filters.gate ?? EVERYTHING}
        data={[
          { value: EVERYTHING, label: t("everyGate") },
          ...blockingGates.map((gate) => ({ value: gate, label: names[gate] })),
        ]}
        onChange={(event) =>
          onFilter({ gate: blockingGates.find((gate) => gate === event.currentTarget.value) ?? null })
        }
      />
      <NativeSelect
        aria-label={t("scope")}
        value={filters.scope ?? EVERYTHING}
        data={[
          { value: EVERYTHING, label: t("everyScope") },
          ...blockScopes.map((scope) => ({ value: scope, label: scopes[scope] })),
        ]}
        onChange={(event) =>
          onFilter({ scope: blockScopes.find((scope) => scope === event.currentTarget.value) ?? null })
        }
      />
      {(endpoints.length > 1 || filters.endpoint !== null) && (
        <NativeSelect
          aria-label={t("endpoint")}
          value={filters.endpoint ?? EVERYTHING}
          data={[{ value: EVERYTHING, label: t("everyEndpoint") }, ...endpoints]}
          onChange={(event) => onFilter({ endpoint: event.currentTarget.value || null })}
        />
      )}
    </>
  );
}
