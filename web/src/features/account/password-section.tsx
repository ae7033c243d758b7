/** Changes one's own password; the form is shown when it is asked for. */
"use client";
import { Alert, Button, Group } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import CircleCheck from "lucide-react/icons/circle-check";
import KeyRound from "lucide-react/icons/key-round";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { DateTime } from "../../components/date-time.tsx";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import classes from "./account.module.css";
import { PasswordForm } from "./password-form.tsx";

export function PasswordSection({ user }: { readonly user: User }) {
  const t = useTranslations("account");
  const kit = useTranslations("kit");
  const [stage, setStage] = useState<"shown" | "changing" | "changed">("shown");
  const openButton = useRef<HTMLButtonElement>(null);
  const close = (next: "shown" | "changed") => {
    setStage(next);
    // The form goes, and the focus with it.
    requestAnimationFrame(() => openButton.current?.focus());
  };
  return (
    <SectionCard title={t("password")}>
      {stage === "changed" && (
        <Alert role="status" color="green" icon={<CircleCheck aria-hidden />} title={t("passwordChanged")}>
          {t("othersEnded")}
        </Alert>
      )}
      {stage === "changing" ? (
        <div className={classes.form}>
          <PasswordForm
            user={user}
            submitLabel={t("changePassword")}
            aside={
              <Button variant="default" onClick={() => close("shown")}>
                {kit("cancel")}
              </Button>
            }
            onChanged={() => close("changed")}
          />
        </div>
      ) : (
        <>
          <FactList>
            <Fact name={t("passwordSince")} value={<DateTime atMs={user.passwordChangedAtMs} />} />
          </FactList>
          <Group>
            <Button
              ref={openButton}
              variant="default"
              leftSection={<KeyRound size={15} aria-hidden />}
              onClick={() => setStage("changing")}
            >
              {t("changePassword")}
            </Button>
          </Group>
        </>
      )}
    </SectionCard>
  );
}
