/** Changes the note or the end of an entry; what somebody else changed meanwhile is shown, and not written over. */
"use client";
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import type { ListRowOfPage } from "@sipprot/shared/list-page";
import { type ListEntry, type ListName, MAX_NOTE_CHARACTERS } from "@sipprot/shared/lists";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { DateTime } from "../../components/date-time.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useUndo } from "../../components/undo.tsx";
import { useTold } from "../../components/use-told.ts";
import { readError } from "../../trpc/read-error.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";
import { EndField } from "./end-field.tsx";
import { endOf, expiresAt, isPossible, secondsUntil } from "./entry-end.ts";
import { NoteText } from "./note-text.tsx";

export interface EditDialogProps {
  readonly list: ListName;
  readonly row: ListRowOfPage;
  readonly isShown: boolean;
  readonly onClose: () => void;
}

type Seen = Pick<ListEntry, "note" | "expiresAtSeconds">;
const seenOf = ({ note, expiresAtSeconds }: Seen) => ({ note, expiresAtSeconds: expiresAtSeconds ?? null });

export function EditDialog({ list, row, isShown, onClose }: EditDialogProps) {
  const t = useTranslations("lists");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const offerUndo = useUndo();
  const { done, failed } = useTold();
  const { network } = row;
  const [note, setNote] = useState(row.note);
  const [end, setEnd] = useState(() => endOf(row.expiresAtSeconds));
  const [isTried, setTried] = useState(false);
  const [seen, setSeen] = useState<Seen>(row);
  const [theirs, setTheirs] = useState<ListEntry>();
  const refresh = () => queries.invalidateQueries(trpc.lists.pathFilter());
  const takeBack = (before: ListEntry, after: ListEntry) =>
    client.lists.edit
      .mutate({ list, network, ...seenOf(before), seen: seenOf(after) })
      .then(refresh)
      .then(() => done(t("editedBack", { network })), failed);

  const edit = useMutation(
    trpc.lists.edit.mutationOptions({
      onSuccess: async ({ before, after }) => {
        onClose();
        await refresh();
        offerUndo({ text: t("edited", { network }), undo: () => takeBack(before, after) });
      },
      onError: async (error) => {
        if (readError(error).code !== "changed-meanwhile") return;
        const [now] = await client.lists.find.query({ list, networks: [network] }).catch(() => []);
        setTheirs(now);
        if (now !== undefined) setSeen(now);
      },
    }),
  );
  const addAgain = useMutation(
    trpc.lists.add.mutationOptions({
      onSuccess: async () => {
        onClose();
        done(t("added", { count: 1 }));
        await refresh();
      },
    }),
  );
  const code = edit.isError ? readError(edit.error).code : undefined;
  const send = () => {
    setTried(true);
    const nowMs = serverNowMs();
    if (!isPossible(end, nowMs)) return;
    edit.mutate({ list, network, note: note.trim(), expiresAtSeconds: expiresAt(end, nowMs), seen: seenOf(seen) });
  };
  const sendAsNew = () => {
    const forSeconds = secondsUntil(end, serverNowMs());
    const addition = { list, networks: [network], note: note.trim(), onlyNew: true };
    addAgain.mutate(forSeconds === undefined ? addition : { ...addition, forSeconds });
  };
  const takeTheirs = (entry: ListEntry) => {
    setNote(entry.note);
    setEnd(endOf(entry.expiresAtSeconds));
    setTheirs(undefined);
    edit.reset();
  };
  return (
    <Modal
      opened={isShown}
      onClose={onClose}
      size="lg"
      title={t("editTitle", { network })}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <FormError error={addAgain.error ?? (theirs === undefined ? edit.error : undefined)} />
          {theirs !== undefined && <Theirs entry={theirs} onTake={() => takeTheirs(theirs)} />}
          <Textarea
            data-autofocus
            label={t("note")}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={MAX_NOTE_CHARACTERS}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <EndField end={end} onEnd={setEnd} isTried={isTried} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            {code === "not-found" ? (
              <Button loading={addAgain.isPending} onClick={sendAsNew}>
                {t("addAgain")}
              </Button>
            ) : (
              <Button type="submit" loading={edit.isPending}>
                {theirs === undefined ? t("save") : t("saveOverTheirs")}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The entry as somebody else left it. */
function Theirs({ entry, onTake }: { readonly entry: ListEntry; readonly onTake: () => void }) {
  const t = useTranslations("lists");
  const { note, expiresAtSeconds } = entry;
  return (
    <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={t("theirsTitle")} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>
          {t("theirNote")} {note === "" ? t("noNote") : <NoteText note={note} />}
        </Text>
        <Text>
          {t("theirEnd")}{" "}
          {expiresAtSeconds === undefined ? t("untilRemoved") : <DateTime atMs={expiresAtSeconds * 1000} />}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onTake}>
          {t("takeTheirs")}
        </Button>
      </Stack>
    </Alert>
  );
}
