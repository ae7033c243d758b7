/** Adds an account, or changes the role of one. */
"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { User } from "@sipprot/shared/account";
import type { Role } from "@sipprot/shared/role";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError, useFieldErrors } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { RoleChoice } from "./role-choice.tsx";

export interface AddUserDialogProps {
  readonly onAdded: (name: string, password: string) => void;
  readonly onClose: () => void;
}

export function AddUserDialog({ onAdded, onClose }: AddUserDialogProps) {
  const t = useTranslations("users");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const showAtFields = useFieldErrors();
  const form = useForm<{ name: string; role: Role }>({ initialValues: { name: "", role: "viewer" } });
  const add = useMutation(
    trpc.users.add.mutationOptions({
      onSuccess: ({ user, password }) => {
        void queries.invalidateQueries(trpc.users.list.queryFilter());
        onAdded(user.name, password);
      },
      onError: (error) => showAtFields(form, error, { name: "name" }),
    }),
  );
  return (
    <Modal opened onClose={onClose} title={t("addTitle")} closeButtonProps={{ "aria-label": kit("close") }}>
      <form onSubmit={form.onSubmit(({ name, role }) => add.mutate({ name: name.trim(), role }))}>
        <Stack gap="md">
          <FormError error={add.error} />
          <TextInput
            data-autofocus
            label={t("name")}
            description={t("nameHint")}
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("name")}
          />
          <RoleChoice
            label={t("role")}
            value={form.values.role}
            onChange={(role) => form.setFieldValue("role", role)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t("add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function RoleDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const t = useTranslations("users");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [role, setRole] = useState(user.role);
  const change = useMutation(
    trpc.users.setRole.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.users.list.queryFilter());
        void queries.invalidateQueries(trpc.auth.me.queryFilter());
        onClose();
      },
    }),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("roleTitle", { name: user.name })}
      closeButtonProps={{ "aria-label": kit("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ name: user.name, role });
        }}
      >
        <Stack gap="md">
          <FormError error={change.error} />
          <RoleChoice label={t("role")} value={role} onChange={setRole} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {kit("cancel")}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={role === user.role}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
