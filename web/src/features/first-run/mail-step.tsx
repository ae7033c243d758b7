/** First run: where mail goes and by which server, with a test whose answer is shown as the server gave it. */
"use client";
import { Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "use-intl";
import { ChannelAnswerNote } from "../../components/channel-answer.tsx";
import { DataState } from "../../components/data-state.tsx";
import { FormError, useFieldErrors } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { type MailForm, mailFields, mailPorts, readMailForm, writeMailChange } from "./mail-form.ts";
import { StepFrame, type StepProps } from "./step-frame.tsx";

export function MailStep(props: StepProps) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  // What somebody types meanwhile is not overwritten: asked once.
  const view = useQuery(trpc.notifications.get.queryOptions(undefined, { refetchOnWindowFocus: false }));
  if (view.data !== undefined) return <MailFormStep {...props} view={view.data} />;
  return (
    <StepFrame title={t("mailTitle")} description={t("mailText")} onBack={props.onBack} onSkip={props.onSkip}>
      <DataState query={view}>{() => null}</DataState>
    </StepFrame>
  );
}

function MailFormStep({
  view,
  onDone,
  onSkip,
  onBack,
}: StepProps & { readonly view: Parameters<typeof readMailForm>[0] }) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const language = useLocale();
  const showAtFields = useFieldErrors();
  const form = useForm<MailForm>({ initialValues: readMailForm(view) });
  const change = useMutation(
    trpc.notifications.change.mutationOptions({ onError: (error) => showAtFields(form, error, mailFields) }),
  );
  const test = useMutation(trpc.notifications.sendTest.mutationOptions());
  const save = (values: MailForm) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return change.mutateAsync(writeMailChange(view.settings, values, { language, timeZone }));
  };
  const sendTest = form.onSubmit((values) => {
    void save(values).then(
      () => test.mutate({ channel: "mail" }),
      // The form says what is wrong.
      () => {},
    );
  });
  const isPending = change.isPending || test.isPending;
  return (
    <form onSubmit={form.onSubmit((values) => void save(values).then(onDone, () => {}))}>
      <StepFrame
        title={t("mailTitle")}
        description={t("mailText")}
        onBack={onBack}
        onSkip={onSkip}
        forward={
          <Button type="submit" loading={change.isPending}>
            {t("saveMail")}
          </Button>
        }
      >
        <Stack gap="md">
          <FormError error={change.error ?? test.error} />
          <TextInput
            type="email"
            label={t("recipient")}
            autoComplete="email"
            required
            {...form.getInputProps("recipient")}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <TextInput
              label={t("mailServer")}
              placeholder="smtp.example.com"
              required
              {...form.getInputProps("host")}
            />
            <Select
              label={t("mailSecurity")}
              allowDeselect={false}
              data={[
                { value: "starttls", label: t("securityStarttls") },
                { value: "tls", label: t("securityTls") },
                { value: "none", label: t("securityNone") },
              ]}
              {...form.getInputProps("security")}
              onChange={(chosen) => {
                const security = chosen as MailForm["security"];
                form.setValues({ security, port: mailPorts[security] });
              }}
            />
            <NumberInput
              label={t("mailPort")}
              min={1}
              max={65_535}
              allowDecimal={false}
              hideControls
              required
              {...form.getInputProps("port")}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t("mailUser")} autoComplete="off" {...form.getInputProps("user")} />
            <PasswordInput
              label={t("mailPassword")}
              autoComplete="off"
              visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
              {...form.getInputProps("password")}
            />
          </SimpleGrid>
          <TextInput type="email" label={t("mailFrom")} required {...form.getInputProps("from")} />
          <Group>
            <Button variant="default" loading={isPending} onClick={() => sendTest()}>
              {t("sendTest")}
            </Button>
          </Group>
          {test.data !== undefined && (
            <ChannelAnswerNote answer={test.data} takenTitle={t("testTaken")} refusedTitle={t("testRefused")} />
          )}
        </Stack>
      </StepFrame>
    </form>
  );
}
