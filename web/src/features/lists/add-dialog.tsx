/** Puts addresses and networks on a list; loaded when it is first wanted. */
"use client";
import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { MAX_ADDED } from "@sipprot/shared/list-desk";
import { type ListName, MAX_NOTE_CHARACTERS } from "@sipprot/shared/lists";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { readTypedNetworks } from "../../components/typed-networks.ts";
import { useTold } from "../../components/use-told.ts";
import { readError } from "../../trpc/read-error.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { ConsiderationNotes } from "./consideration-notes.tsx";
import { EndField } from "./end-field.tsx";
import { type EntryEnd, isPossible, secondsUntil } from "./entry-end.ts";

const TYPING_PAUSE_MS = 300;

export interface AddDialogProps {
  readonly list: ListName;
  readonly isShown: boolean;
  /** What is in the box at first. */
  readonly typed: string;
  readonly onClose: () => void;
}

export function AddDialog({ list, isShown, typed: given, onClose }: AddDialogProps) {
  const t = useTranslations("lists");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { done } = useTold();
  const [typed, setTyped] = useState(given);
  const [note, setNote] = useState("");
  const [end, setEnd] = useState<EntryEnd>({ kind: "never" });
  const [isTried, setTried] = useState(false);
  const { networks, wrong } = readTypedNetworks(typed);
  const [considered] = useDebouncedValue(networks, TYPING_PAUSE_MS);
  const add = useMutation(
    trpc.lists.add.mutationOptions({
      onSuccess: async ({ added, updated, liftedBlocks }) => {
        onClose();
        const said = [
          added > 0 ? t("added", { count: added }) : "",
          updated > 0 ? t("updated", { count: updated }) : "",
        ];
        if (liftedBlocks.length > 0) said.push(t("lifted", { count: liftedBlocks.length }));
        done(said.filter((text) => text !== "").join(" "));
        await queries.invalidateQueries(trpc.lists.pathFilter());
        await queries.invalidateQueries(trpc.blocks.pathFilter());
      },
    }),
  );
  const problem =
    wrong.length > 0
      ? t("wrongNetworks", { wrong: wrong.slice(0, 5).join(", "), count: wrong.length })
      : networks.length === 0
        ? t("noNetworks")
        : networks.length > MAX_ADDED
          ? t("tooManyNetworks", { limit: MAX_ADDED })
          : undefined;
  const send = (onlyNew: boolean) => {
    setTried(true);
    const nowMs = serverNowMs();
    if (problem !== undefined || !isPossible(end, nowMs)) return;
    const forSeconds = secondsUntil(end, nowMs);
    const addition = { list, networks: [...networks], note: note.trim(), onlyNew };
    add.mutate(forSeconds === undefined ? addition : { ...addition, forSeconds });
  };
  const isThere = add.isError && readError(add.error).code === "already-there";
  return (
    <Modal
      opened={isShown}
      onClose={onClose}
      size="lg"
      title={list === "allow" ? t("addToAllow") : t("addToDeny")}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(true);
        }}
      >
        <Stack gap="md">
          <FormError error={add.error} />
          <Textarea
            data-autofocus
            label={t("networks")}
            description={t("networksHint")}
            required
            autosize
            minRows={1}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              // A single address is what is typed most: Enter sends it, Shift+Enter begins another line.
              if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              send(true);
            }}
            error={isTried ? problem : undefined}
          />
          <ConsiderationNotes list={list} networks={considered} />
          <Textarea
            label={t("note")}
            description={t("noteHint")}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={MAX_NOTE_CHARACTERS}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <EndField end={end} onEnd={setEnd} isTried={isTried} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            {isThere && (
              <Button variant="default" loading={add.isPending} onClick={() => send(false)}>
                {t("replace")}
              </Button>
            )}
            <Button type="submit" loading={add.isPending}>
              {networks.length > 1 ? t("addMany", { count: networks.length }) : t("add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
