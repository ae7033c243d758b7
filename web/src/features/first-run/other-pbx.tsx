/** Another place of the PBX: asked first, then taken, with what that does to calls said beforehand. */
"use client";
import { Alert, Button, Group, NumberInput, Stack, TextInput } from "@mantine/core";
import type { PbxPlace, SipPlace } from "@sipprot/shared/first-run";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Info from "lucide-react/icons/info";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { formatPlace } from "./format-place.ts";
import { ProbeResult } from "./probe-result.tsx";

const SIP_PORT = 5060;

export function OtherPbx({ place, onClose }: { readonly place: PbxPlace; readonly onClose: () => void }) {
  const t = useTranslations("first-run");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const client = useQueryClient();
  const confirm = useConfirm();
  const [address, setAddress] = useState("");
  const [port, setPort] = useState(SIP_PORT);
  const [asked, setAsked] = useState<SipPlace>();
  const choose = useMutation(
    trpc.setup.choosePbx.mutationOptions({
      onSuccess: (chosen) => {
        client.setQueryData(trpc.setup.pbx.queryKey(), chosen);
        onClose();
      },
    }),
  );
  if (place.isSetByEnvironment) {
    return (
      <Alert color="gray" icon={<Info aria-hidden />} title={t("pbxByEnvironment", { setting: place.setting })}>
        {t("pbxByEnvironmentText", { setting: place.setting, file: place.configFile })}
      </Alert>
    );
  }
  const take = async (chosen: SipPlace) => {
    const isYes = await confirm({
      title: t("pbxTakeTitle", { where: formatPlace(chosen) }),
      text: place.path === "transparent" ? t("pbxTakeTransparent") : t("pbxTakeRelay"),
      confirmLabel: t("pbxTake"),
    });
    if (isYes) choose.mutate(chosen);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked({ address: address.trim(), port });
      }}
    >
      <Stack gap="md">
        <FormError error={choose.error} />
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t("pbxAddress")}
            placeholder="192.0.2.7"
            spellCheck={false}
            autoCapitalize="none"
            maxLength={45}
            required
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <NumberInput
            label={t("pbxPort")}
            w={100}
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            required
            value={port}
            onChange={(value) => setPort(Number(value))}
          />
          <Button type="submit" variant="default">
            {t("probe")}
          </Button>
        </Group>
        {asked !== undefined && <ProbeResult key={formatPlace(asked)} place={asked} />}
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {kit("cancel")}
          </Button>
          {asked !== undefined && (
            <Button loading={choose.isPending} onClick={() => void take(asked)}>
              {t("pbxTake")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
