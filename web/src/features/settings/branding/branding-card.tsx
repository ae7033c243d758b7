/** The customer's own name, colour and logo. What draws and judges colours is loaded when somebody may change them. */
"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "use-intl";
import { DataState } from "../../../components/data-state.tsx";
import { useTRPC } from "../../../trpc/trpc.ts";
import { GroupCard } from "../group-card.tsx";
import { useGroupNames } from "../use-setting-words.ts";

const BrandingForm = dynamic(() => import("./branding-form.tsx").then((module) => module.BrandingForm), { ssr: false });

export function BrandingCard({ mayEdit }: { readonly mayEdit: boolean }) {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const titles = useGroupNames();
  const branding = useQuery(trpc.branding.get.queryOptions());
  return (
    <GroupCard id="group-branding" title={titles.branding} description={t("brandingText")}>
      <DataState query={branding}>
        {(known) => <BrandingForm key={JSON.stringify(known)} branding={known} mayEdit={mayEdit} />}
      </DataState>
    </GroupCard>
  );
}
