/** Subscribes to a feed, or changes one. */
"use client";
import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  Radio,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Feed } from "@sipprot/shared/feed";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import ShieldAlert from "lucide-react/icons/shield-alert";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError, useFieldErrors } from "../../components/form-error.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { readError } from "../../trpc/read-error.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { type FeedForm, feedFields, feedIntervals, readFeedForm, suggestId, writeFeed } from "./feed-form.ts";
import { useScheduleText } from "./use-schedule-text.ts";

const MAX_COLUMNS = 50;

export interface FeedDialogProps {
  /** The feed that is changed; undefined for a new one. */
  readonly feed: Feed | undefined;
  readonly onClose: () => void;
}

export function FeedDialog({ feed, onClose }: FeedDialogProps) {
  const t = useTranslations("feeds");
  const kit = useTranslations("kit");
  const schedule = useScheduleText();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const showAtFields = useFieldErrors();
  const form = useForm<FeedForm>({ initialValues: readFeedForm(feed) });
  // What a save writes over, knowingly: as it was when the dialog opened, or as somebody else has left it meanwhile.
  const [seen, setSeen] = useState(feed);
  const options = {
    onSuccess: (views: Parameters<typeof queries.setQueryData>[1]) => {
      queries.setQueryData(trpc.feeds.list.queryKey(), views as never);
      onClose();
    },
    onError: async (error: unknown) => {
      if (readError(error).code !== "changed-meanwhile") {
        showAtFields(form, error, feedFields);
        return;
      }
      const views = await queries.fetchQuery({ ...trpc.feeds.list.queryOptions(), staleTime: 0 });
      setSeen(views.find((view) => view.feed.id === feed?.id)?.feed);
    },
  };
  const add = useMutation(trpc.feeds.add.mutationOptions(options));
  const put = useMutation(trpc.feeds.put.mutationOptions(options));
  const change = feed === undefined ? add : put;
  const { values } = form;
  const known = new Set([...feedIntervals.map(String), values.intervalMinutes]);
  const name = form.getInputProps("name");
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={feed === undefined ? t("addTitle") : t("editTitle", { name: feed.name })}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <form
        onSubmit={form.onSubmit((typed) =>
          change.mutate({ ...writeFeed(typed, seen), ...(seen === undefined ? {} : { seen }) }),
        )}
      >
        <Stack gap="md">
          <FormError error={change.error} />
          {seen !== undefined && seen !== feed && (
            <Text size="sm">
              {t.rich("nowThere", {
                name: seen.name,
                schedule: schedule(seen.intervalMinutes),
                url: () => <WireText text={seen.url} />,
              })}
            </Text>
          )}
          <TextInput
            data-autofocus
            label={t("name")}
            description={t("nameHint")}
            required
            maxLength={100}
            {...name}
            onChange={(event) => {
              const text = event.currentTarget.value;
              // Follows the name until somebody writes their own.
              if (values.id === suggestId(values.name)) form.setFieldValue("id", suggestId(text));
              form.setFieldValue("name", text);
            }}
          />
          {feed === undefined && (
            <TextInput
              label={t("id")}
              description={t("idHint", { id: values.id === "" ? "…" : values.id })}
              required
              maxLength={40}
              pattern="[a-z0-9][a-z0-9\-]*"
              title={t("idPattern")}
              spellCheck={false}
              {...form.getInputProps("id")}
            />
          )}
          <TextInput
            type="url"
            label={t("url")}
            placeholder="https://lists.example.org/voip-attackers.txt"
            required
            maxLength={2000}
            spellCheck={false}
            {...form.getInputProps("url")}
          />
          <Radio.Group label={t("format")} {...form.getInputProps("format")}>
            <Stack gap="xs" mt={4}>
              <Radio value="lines" label={t("formatLines")} description={t("formatLinesHint")} />
              <Radio value="columns" label={t("formatColumns")} description={t("formatColumnsHint")} />
            </Stack>
          </Radio.Group>
          {values.format === "columns" && (
            <NumberInput
              label={t("column")}
              description={t("columnHint")}
              min={2}
              max={MAX_COLUMNS}
              allowDecimal={false}
              required
              w={160}
              {...form.getInputProps("column")}
            />
          )}
          <Select
            label={t("schedule")}
            allowDeselect={false}
            data={[...known]
              .map(Number)
              .sort((one, other) => one - other)
              .map((minutes) => ({ value: String(minutes), label: schedule(minutes) }))}
            {...form.getInputProps("intervalMinutes")}
          />
          <Textarea
            label={t("note")}
            description={t("noteHint")}
            autosize
            minRows={1}
            maxRows={4}
            maxLength={500}
            {...form.getInputProps("note")}
          />
          <Alert color="gray" icon={<ShieldAlert aria-hidden />} title={t("guardTitle")}>
            {t("guardText")}
          </Alert>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {feed === undefined ? t("subscribe") : t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
