/** Allows or denies an address, or lifts its block and allows it for some hours: for how long, why, and what it does. */
"use client";
import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { type Explanation, MAX_ALLOW_HOURS } from "@sipprot/shared/block-page";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import type { AddressAction } from "./address-action.ts";
import { useListActions } from "./use-list-actions.ts";

/** As long as the server takes a note. */
const MAX_NOTE = 500;
const HOUR_SECONDS = 3600;
/** Seconds an entry counts; empty is until somebody removes it. */
const durations = ["", String(HOUR_SECONDS), String(24 * HOUR_SECONDS), String(7 * 24 * HOUR_SECONDS)] as const;

export interface ActionDialogProps {
  readonly action: AddressAction;
  readonly known: Explanation;
  readonly blockKeys: readonly string[];
  readonly onClose: () => void;
}

export function ActionDialog({ action, known, blockKeys, onClose }: ActionDialogProps) {
  const t = useTranslations("why");
  const kit = useTranslations("kit");
  const { address, source } = known;
  const [network, setNetwork] = useState(address);
  const [duration, setDuration] = useState<string>("");
  const [hours, setHours] = useState<number | string>(8);
  const [note, setNote] = useState("");
  const actions = useListActions(onClose);
  const isForHours = action === "lift-and-allow";
  const areHoursRight = typeof hours === "number" && hours >= 1 && hours <= MAX_ALLOW_HOURS;
  const titles: Record<AddressAction, string> = {
    allow: t("allowTitle", { address: network }),
    deny: t("denyTitle", { address: network }),
    "lift-and-allow": t("liftAndAllowTitle", { address: source }),
  };
  const texts: Record<AddressAction, string> = {
    allow: t("allowText"),
    deny: known.accounts.some(({ isStuckPhone }) => isStuckPhone) ? t("denyTextPhones") : t("denyText"),
    "lift-and-allow": t("liftAndAllowText"),
  };
  const labels: Record<AddressAction, string> = {
    allow: t("allowConfirm"),
    deny: t("denyConfirm"),
    "lift-and-allow": t("liftAndAllowConfirm"),
  };
  const submit = () => {
    const [block] = blockKeys;
    if (action !== "lift-and-allow") {
      const time = duration === "" ? {} : { forSeconds: Number(duration) };
      actions.add({ list: action, networks: [network], note: note.trim(), onlyNew: false, ...time });
    } else if (block !== undefined && areHoursRight) {
      actions.liftAndAllow({ block, hours: Number(hours), note: note.trim() });
    }
  };
  return (
    <Modal opened onClose={onClose} title={titles[action]} closeButtonProps={{ "aria-label": kit("close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md" pt="xs">
          <Text>{texts[action]}</Text>
          <FormError error={actions.error} />
          {!isForHours && source !== address && !address.includes("/") && (
            <NativeSelect
              label={t("whichNetwork")}
              description={t("whichNetworkHint")}
              value={network}
              data={[address, source]}
              onChange={(event) => setNetwork(event.currentTarget.value)}
            />
          )}
          {isForHours ? (
            <NumberInput
              data-autofocus
              label={t("hours")}
              description={t("hoursHint", { most: MAX_ALLOW_HOURS })}
              min={1}
              max={MAX_ALLOW_HOURS}
              allowDecimal={false}
              value={hours}
              onChange={setHours}
            />
          ) : (
            <NativeSelect
              data-autofocus
              label={t("duration")}
              value={duration}
              data={durations.map((value) => ({
                value,
                label: value === "" ? t("forGood") : t("forHours", { count: Number(value) / HOUR_SECONDS }),
              }))}
              onChange={(event) => setDuration(event.currentTarget.value)}
            />
          )}
          <TextInput
            label={t("note")}
            description={t("noteHint")}
            value={note}
            maxLength={MAX_NOTE}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button
              type="submit"
              loading={actions.isBusy}
              disabled={isForHours && !areHoursRight}
              {...(action === "deny" ? { color: "red" } : {})}
            >
              {labels[action]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
