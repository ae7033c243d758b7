/** Mails the report now, and shows what the mail server answered; says why where it cannot be done. */
"use client";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Mail from "lucide-react/icons/mail";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { ChannelAnswerNote } from "../../components/channel-answer.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay, useMe } from "../../trpc/use-me.ts";

export function MailReport({ date }: { readonly date: string }) {
  const t = useTranslations("reports");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const mayMail = useMay("operator");
  const maySetUp = useMay("administrator");
  const health = useQuery(trpc.notifications.health.queryOptions());
  const mail = useMutation(
    trpc.reports.mail.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.notifications.health.queryFilter()),
    }),
  );
  if (me === undefined) return null;
  if (!mayMail) {
    return (
      <Text c="dimmed" data-print="no">
        {t("mailNeedsOperator")}
      </Text>
    );
  }
  const isOff = health.data?.find(({ channel }) => channel === "mail")?.state === "off";
  return (
    <Stack gap="sm" data-print="no">
      <Group gap="sm">
        <Button
          leftSection={<Mail size={15} aria-hidden />}
          disabled={isOff}
          loading={mail.isPending}
          onClick={() => mail.mutate({ date })}
        >
          {t("mailNow")}
        </Button>
        {isOff && (
          <Text c="dimmed">
            {t("mailOff")}{" "}
            {maySetUp && (
              <Anchor component={Link} href="/notifications">
                {t("setUpMail")}
              </Anchor>
            )}
          </Text>
        )}
        {mail.isPending && (
          <Text c="dimmed" role="status">
            {t("mailing")}
          </Text>
        )}
      </Group>
      <FormError error={mail.error} />
      {mail.data !== undefined && (
        <ChannelAnswerNote answer={mail.data} takenTitle={t("mailTaken")} refusedTitle={t("mailRefused")} />
      )}
    </Stack>
  );
}
