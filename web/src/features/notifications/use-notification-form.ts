/** The notification settings in the hands of somebody: typed, saved whole, and never written over another's change. */
import { type UseFormReturnType, useForm } from "@mantine/form";
import type { NotificationView } from "@sipprot/shared/notification";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFieldErrors } from "../../components/form-error.tsx";
import { readError } from "../../trpc/read-error.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import {
  fieldNames,
  type NotificationForm,
  notificationFields,
  readNotificationForm,
  writeNotificationChange,
} from "./notification-form.ts";

export interface NotificationEditing {
  readonly form: UseFormReturnType<NotificationForm>;
  readonly isUnsaved: boolean;
  readonly isSaving: boolean;
  /** Saves what is typed; false when that did not work. */
  readonly save: () => Promise<boolean>;
  /** Back to what is in force. */
  readonly discard: () => void;
  /** Why the last save did not work; a field that is named shows it too. */
  readonly error: unknown;
  /** Set when somebody else changed the settings meanwhile: shows theirs, or puts what is typed over them. */
  readonly conflict: { readonly takeTheirs: () => Promise<void>; readonly keepMine: () => Promise<void> } | undefined;
}

export function useNotificationForm(begun: NotificationView, proposed: string | undefined): NotificationEditing {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const showAtFields = useFieldErrors();
  const [inForce, setInForce] = useState(begun);
  const form = useForm<NotificationForm>({ initialValues: readNotificationForm(begun, proposed) });
  const show = (view: NotificationView) => {
    setInForce(view);
    const values = readNotificationForm(view, undefined);
    form.setInitialValues(values);
    form.setValues(values);
    form.clearErrors();
  };
  const change = useMutation(
    trpc.notifications.change.mutationOptions({
      onSuccess: (view) => {
        queries.setQueryData(trpc.notifications.get.queryKey(), view);
        void queries.invalidateQueries(trpc.notifications.health.queryFilter());
        show(view);
      },
      onError: (error) => {
        const { fields } = readError(error);
        showAtFields(form, error, { ...notificationFields, ...fieldNames(fields) });
      },
    }),
  );
  const write = (expected: NotificationView) =>
    change.mutateAsync({ ...writeNotificationChange(form.getValues()), expected: expected.settings }).then(
      () => true,
      // The form says what is wrong.
      () => false,
    );
  const fetchTheirs = () => queries.fetchQuery(trpc.notifications.get.queryOptions(undefined, { staleTime: 0 }));
  const isConflict = readError(change.error).code === "changed-meanwhile";
  return {
    form,
    isUnsaved: form.isDirty(),
    isSaving: change.isPending,
    save: () => write(inForce),
    discard: () => {
      change.reset();
      show(inForce);
    },
    error: isConflict ? undefined : change.error,
    conflict: isConflict
      ? {
          takeTheirs: async () => {
            show(await fetchTheirs());
            change.reset();
          },
          keepMine: async () => {
            const theirs = await fetchTheirs();
            setInForce(theirs);
            await write(theirs);
          },
        }
      : undefined,
  };
}
