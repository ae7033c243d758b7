/** The sign-in page. */
"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useBranding } from "../../theme/branding-context.ts";
import { DoorFrame } from "./door-frame.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { keepTypedPassword } from "./typed-password.ts";

/** `next` is a page of ours; the server may send somewhere else first. */
export function SignInPage({ next }: { readonly next: string }) {
  const t = useTranslations("sign-in");
  const { productName } = useBranding();
  const router = useRouter();
  return (
    <DoorFrame title={t("title")}>
      <Stack gap="lg">
        <div>
          <Title order={1}>{t("title")}</Title>
          <Text c="dimmed">{t("description", { product: productName })}</Text>
        </div>
        <Paper p="lg">
          <SignInForm
            onSignedIn={(user, { password }) => {
              if (user.mustChangePassword) keepTypedPassword(password, Date.now());
              router.replace(next);
            }}
          />
        </Paper>
        <Text c="dimmed" size="xs">
          {t.rich("lost", { command: (text) => <code>{text}</code> })}
        </Text>
      </Stack>
    </DoorFrame>
  );
}
