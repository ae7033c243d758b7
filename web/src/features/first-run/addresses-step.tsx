/** First run: what is always let through: the administrator's own address, the office, the providers of trunks. */
"use client";
import { Alert, Button, Checkbox, Stack, Textarea } from "@mantine/core";
import type { CallerPlace } from "@sipprot/shared/first-run";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Info from "lucide-react/icons/info";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { readTypedNetworks } from "../../components/typed-networks.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { StepFrame, type StepProps } from "./step-frame.tsx";

export function AddressesStep(props: StepProps) {
  const trpc = useTRPC();
  const caller = useQuery(trpc.setup.caller.queryOptions());
  const t = useTranslations("first-run");
  if (caller.data !== undefined) return <AddressesForm {...props} caller={caller.data} />;
  return (
    <StepFrame title={t("addressesTitle")} description={t("addressesText")} onBack={props.onBack} onSkip={props.onSkip}>
      <DataState query={caller}>{() => null}</DataState>
    </StepFrame>
  );
}

function AddressesForm({ caller, onDone, onSkip, onBack }: StepProps & { readonly caller: CallerPlace }) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isOwn, setOwn] = useState(caller.standing === "stranger");
  const [chosen, setChosen] = useState<string[]>([]);
  const [office, setOffice] = useState("");
  const [providers, setProviders] = useState("");
  const [isTried, setTried] = useState(false);
  const add = useMutation(trpc.lists.add.mutationOptions());
  const typedOffice = readTypedNetworks(office);
  const typedProviders = readTypedNetworks(providers);
  const errorOf = (wrong: readonly string[]) =>
    isTried && wrong.length > 0 ? t("wrongNetworks", { wrong: wrong.join(", ") }) : undefined;
  const submit = async () => {
    setTried(true);
    if (typedOffice.wrong.length + typedProviders.wrong.length > 0) return;
    const additions = [
      { networks: isOwn ? [caller.address] : [], note: t("noteAdministrator") },
      { networks: [...chosen, ...typedOffice.networks], note: t("noteOffice") },
      { networks: [...typedProviders.networks], note: t("noteProvider") },
    ];
    try {
      for (const { networks, note } of additions) {
        if (networks.length > 0) await add.mutateAsync({ list: "allow", networks, note });
      }
    } catch {
      // Shown by the form; what was added before stays added, and adding it again changes nothing.
      return;
    }
    await client.invalidateQueries({ queryKey: trpc.setup.caller.queryKey() });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <StepFrame
        title={t("addressesTitle")}
        description={t("addressesText")}
        onBack={onBack}
        onSkip={onSkip}
        forward={
          <Button type="submit" loading={add.isPending}>
            {t("allowThese")}
          </Button>
        }
      >
        <Stack gap="md">
          <FormError error={add.error} />
          <OwnAddress caller={caller} isOwn={isOwn} onChange={setOwn} />
          {caller.networks.length > 0 && (
            <Checkbox.Group
              label={t("nearNetworks")}
              description={t("nearNetworksHint")}
              value={chosen}
              onChange={setChosen}
            >
              <Stack gap="xs" mt="xs">
                {caller.networks.map((network) => (
                  <Checkbox key={network} value={network} label={<span className="tabular">{network}</span>} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <Textarea
            label={t("officeNetworks")}
            description={t("officeNetworksHint")}
            placeholder="203.0.113.0/24"
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            value={office}
            error={errorOf(typedOffice.wrong)}
            onChange={(event) => setOffice(event.currentTarget.value)}
          />
          <Textarea
            label={t("providerNetworks")}
            description={t("providerNetworksHint")}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            value={providers}
            error={errorOf(typedProviders.wrong)}
            onChange={(event) => setProviders(event.currentTarget.value)}
          />
        </Stack>
      </StepFrame>
    </form>
  );
}

interface OwnAddressProps {
  readonly caller: CallerPlace;
  readonly isOwn: boolean;
  readonly onChange: (isOwn: boolean) => void;
}

function OwnAddress({ caller, isOwn, onChange }: OwnAddressProps) {
  const t = useTranslations("first-run");
  const { address, standing } = caller;
  if (standing !== "stranger") {
    return (
      <Alert color="gray" icon={<Info aria-hidden />} title={t("comeFrom", { address })}>
        {standing === "local" ? t("comeFromLocal") : t("comeFromAllowed")}
      </Alert>
    );
  }
  return (
    <Checkbox
      checked={isOwn}
      label={t("allowOwn", { address })}
      description={t("allowOwnHint")}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
