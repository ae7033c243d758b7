/** The five states of what loads: loading, none yet, no match, switched off, could not load. An outage never looks empty. */
"use client";
import { Button, Loader, Skeleton, Stack } from "@mantine/core";
import CircleOff from "lucide-react/icons/circle-off";
import CloudAlert from "lucide-react/icons/cloud-alert";
import Inbox from "lucide-react/icons/inbox";
import SearchX from "lucide-react/icons/search-x";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LoadFailure, StaleNotice } from "./load-failure.tsx";
import { StateCard } from "./state-card.tsx";

/** What of a query is looked at; every result of TanStack Query fits. */
export interface LoadingData<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

/** Words for when there is nothing yet, and what to do about it. */
export interface EmptyState {
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}

/** Words for a thing that a setting switches off, with the way to the setting. */
export interface OffState {
  readonly title: string;
  readonly text?: string;
  readonly href: string;
  readonly linkLabel: string;
}

export interface DataStateProps<Data> {
  readonly query: LoadingData<Data>;
  readonly children: (data: Data) => ReactNode;
  /** Set when a setting switches this off; nothing else is shown then. */
  readonly off?: OffState | undefined;
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: EmptyState;
  /** Given while the reader narrows what is shown: nothing found is another thing than nothing there. */
  readonly noMatch?: { readonly onReset: () => void } | undefined;
  /** Rows drawn grey while loading, at most 10. */
  readonly skeletonRows?: number;
}

const placeholders = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

export function DataState<Data>(props: DataStateProps<Data>) {
  const { query, children, off, isEmpty, empty, noMatch, skeletonRows = 4 } = props;
  const t = useTranslations("kit");
  if (off !== undefined) {
    return (
      <StateCard icon={CircleOff} title={off.title} text={off.text}>
        <Button component={Link} href={off.href} variant="default">
          {off.linkLabel}
        </Button>
      </StateCard>
    );
  }
  if (query.data === undefined) {
    if (query.error !== null && query.error !== undefined) {
      return (
        <LoadFailure icon={CloudAlert} error={query.error} isRetrying={query.isFetching} onRetry={query.refetch} />
      );
    }
    return <Loading label={t("loading")} rows={skeletonRows} />;
  }
  const stale = query.error !== null && query.error !== undefined && (
    <StaleNotice error={query.error} sinceMs={query.dataUpdatedAt} onRetry={query.refetch} />
  );
  if (isEmpty?.(query.data) === true) {
    return (
      <>
        {stale}
        {noMatch === undefined ? (
          <StateCard icon={Inbox} title={empty?.title ?? t("emptyTitle")} text={empty?.text}>
            {empty?.action}
          </StateCard>
        ) : (
          <StateCard icon={SearchX} title={t("noMatchTitle")} text={t("noMatchText")}>
            <Button variant="default" onClick={noMatch.onReset}>
              {t("reset")}
            </Button>
          </StateCard>
        )}
      </>
    );
  }
  return (
    <>
      {stale}
      {children(query.data)}
    </>
  );
}

function Loading({ label, rows }: { readonly label: string; readonly rows: number }) {
  return (
    <Stack gap="xs" role="status" aria-label={label} aria-busy>
      {rows === 0 ? (
        <Loader size="sm" />
      ) : (
        placeholders.slice(0, rows).map((name) => <Skeleton key={name} height={28} radius="sm" />)
      )}
    </Stack>
  );
}
