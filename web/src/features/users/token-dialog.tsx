/** Makes a token for a program: its name, what it may do, and until when. */
"use client";
import { Alert, Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Role } from "@sipprot/shared/role";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "use-intl";
import { FormError, useFieldErrors } from "../../components/form-error.tsx";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { RoleChoice } from "./role-choice.tsx";

const DAY_MS = 86_400_000;
/** Lives that are offered, in days; "never" is one of them. */
const lives = ["7", "30", "90", "365", "never"] as const;
type Life = (typeof lives)[number];

export interface TokenDialogProps {
  readonly onCreated: (name: string, secret: string) => void;
  readonly onClose: () => void;
}

export function TokenDialog({ onCreated, onClose }: TokenDialogProps) {
  const t = useTranslations("users");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const showAtFields = useFieldErrors();
  const form = useForm<{ name: string; role: Role; life: Life }>({
    initialValues: { name: "", role: "viewer", life: "90" },
  });
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: ({ token, secret }) => {
        void queries.invalidateQueries(trpc.tokens.list.queryFilter());
        onCreated(token.name, secret);
      },
      onError: (error) => showAtFields(form, error, { name: "name", expiresAtMs: "life" }),
    }),
  );
  const { life } = form.values;
  return (
    <Modal opened onClose={onClose} title={t("tokenTitle")} closeButtonProps={{ "aria-label": kit("close") }}>
      <form
        onSubmit={form.onSubmit(({ name, role, life: chosen }) =>
          create.mutate({
            name: name.trim(),
            role,
            ...(chosen === "never" ? {} : { expiresAtMs: serverNowMs() + Number(chosen) * DAY_MS }),
          }),
        )}
      >
        <Stack gap="md">
          <FormError error={create.error} />
          <TextInput
            data-autofocus
            label={t("tokenName")}
            description={t("tokenNameHint")}
            placeholder="PBXware"
            required
            maxLength={64}
            {...form.getInputProps("name")}
          />
          <RoleChoice
            label={t("tokenMay")}
            value={form.values.role}
            onChange={(role) => form.setFieldValue("role", role)}
          />
          <Select
            label={t("tokenLife")}
            allowDeselect={false}
            data={lives.map((value) => ({
              value,
              label: value === "never" ? t("lifeForever") : t("lifeDays", { count: Number(value) }),
            }))}
            {...form.getInputProps("life")}
          />
          {life === "never" && (
            <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={t("foreverWarning")} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("makeToken")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
