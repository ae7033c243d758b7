/** What can be done about the address, by the right of who looks; nothing that would be refused is offered. */
"use client";
import { Button, Group } from "@mantine/core";
import type { Explanation } from "@sipprot/shared/block-page";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "../../trpc/use-me.ts";
import type { AddressAction } from "./address-action.ts";
import { useLift } from "./use-lift.ts";

const ActionDialog = dynamic(() => import("./action-dialog.tsx").then((module) => module.ActionDialog), { ssr: false });

export function ActionBar({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const may = useMay("operator");
  const lift = useLift();
  const [action, setAction] = useState<AddressAction>();
  const keys = known.blocks.filter(({ source }) => source === known.source).map(({ key }) => key);
  const isAllowed = known.allow.some(({ network }) => network === known.address || network === known.source);
  const isDenied = known.deny.some(({ network }) => network === known.address || network === known.source);
  if (!may) return null;
  return (
    <Group gap="xs" data-print="no" role="group" aria-label={t("actions")}>
      {keys.length > 0 && (
        <>
          <Button loading={lift.isBusy} onClick={() => void lift.ask(keys, known.source)}>
            {t("lift")}
          </Button>
          <Button variant="default" onClick={() => setAction("lift-and-allow")}>
            {t("liftAndAllow")}
          </Button>
        </>
      )}
      {!isAllowed && (
        <Button variant="default" onClick={() => setAction("allow")}>
          {t("allow")}
        </Button>
      )}
      {!isDenied && (
        <Button variant="default" onClick={() => setAction("deny")}>
          {t("deny")}
        </Button>
      )}
      {action !== undefined && (
        <ActionDialog action={action} known={known} blockKeys={keys} onClose={() => setAction(undefined)} />
      )}
    </Group>
  );
}
