/** Everything that is known of one address, asked for anew while it is looked at. */
"use client";
import { Button, Stack } from "@mantine/core";
import type { Explanation } from "@sipprot/shared/block-page";
import { useQuery } from "@tanstack/react-query";
import Printer from "lucide-react/icons/printer";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { CountryName } from "../../components/country-name.tsx";
import { DataState } from "../../components/data-state.tsx";
import { PageFrame } from "../../components/page-frame.tsx";
import { RefreshPicker } from "../../components/refresh-picker.tsx";
import { useRefresh } from "../../components/use-refresh.ts";
import { readError } from "../../trpc/read-error.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { AccountsCard } from "./accounts-card.tsx";
import { ActionBar } from "./action-bar.tsx";
import { AddressForm } from "./address-form.tsx";
import { BlockCard } from "./block-card.tsx";
import { ListsCard } from "./lists-card.tsx";
import { tellPage } from "./tell-page.ts";
import { TimelineCard } from "./timeline-card.tsx";
import { VerdictCard } from "./verdict-card.tsx";

/** Longer texts are no address; the server refuses them. */
const MAX_SUBJECT = 100;

export function KnownAddress({ subject }: { readonly subject: string }) {
  const t = useTranslations("why");
  const trpc = useTRPC();
  const refresh = useRefresh(15);
  const known = useQuery(
    trpc.explain.address.queryOptions(
      { address: subject.slice(0, MAX_SUBJECT) },
      { refetchInterval: refresh.refetchInterval },
    ),
  );
  if (known.isError && readError(known.error).code === "bad-network") {
    return (
      <PageFrame title={t("title")} description={t("description")}>
        <AddressForm typed={subject.slice(0, MAX_SUBJECT)} />
      </PageFrame>
    );
  }
  const address = known.data?.address ?? subject.slice(0, MAX_SUBJECT);
  return (
    <PageFrame
      title={t("titleOf", { address })}
      {...(known.data === undefined ? {} : { description: <Place known={known.data} /> })}
      actions={
        <>
          <RefreshPicker
            refresh={refresh}
            updatedAtMs={known.dataUpdatedAt}
            isFetching={known.isFetching}
            onRefresh={known.refetch}
          />
          {known.data !== undefined && (
            <>
              <CopyButton text={() => tellPage(document, window.location.href)} label={t("copy")} />
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<Printer size={14} aria-hidden />}
                onClick={() => window.print()}
              >
                {t("print")}
              </Button>
            </>
          )}
        </>
      }
    >
      <DataState query={known} skeletonRows={8}>
        {(data) => (
          <Stack gap="md">
            <VerdictCard known={data}>
              <ActionBar known={data} />
            </VerdictCard>
            <AccountsCard known={data} />
            {data.blocks.map((block) => (
              <BlockCard key={block.key} block={block} source={data.source} />
            ))}
            <ListsCard known={data} />
            <TimelineCard known={data} />
          </Stack>
        )}
      </DataState>
    </PageFrame>
  );
}

function Place({ known: { place, address, source } }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  return (
    <span data-tell>
      <CountryName code={place.code} />
      {source !== address && (
        <>
          {" · "}
          {t.rich("countsAs", { source, code: (words) => <bdi translate="no">{words}</bdi> })}
        </>
      )}
    </span>
  );
}
