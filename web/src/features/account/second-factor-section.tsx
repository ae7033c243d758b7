/** One's own second factor: on or off, the recovery codes that are left, and new ones. */
"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import ShieldCheck from "lucide-react/icons/shield-check";
import ShieldOff from "lucide-react/icons/shield-off";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Fact, FactList } from "../../components/fact-list.tsx";
import { SectionCard } from "../../components/section-card.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import classes from "./account.module.css";
import { RemoveFactorForm, RenewCodesForm } from "./second-factor-forms.tsx";
import { SecondFactorSetup } from "./second-factor-setup.tsx";

type Doing = "nothing" | "setting-up" | "renewing" | "removing";

export function SecondFactorSection({ user }: { readonly user: User }) {
  const t = useTranslations("account");
  const [doing, setDoing] = useState<Doing>("nothing");
  const place = useRef<HTMLDivElement>(null);
  const end = () => {
    setDoing("nothing");
    // The form goes, and the focus with it.
    requestAnimationFrame(() => place.current?.focus());
  };
  const { hasSecondFactor, recoveryCodesLeft } = user;
  return (
    <SectionCard title={t("factor")} note={t("factorNote")}>
      <div ref={place} tabIndex={-1} data-factor={hasSecondFactor ? "on" : "off"}>
        <FactList>
          <Fact
            name={t("state")}
            value={
              hasSecondFactor ? (
                <StatusBadge icon={ShieldCheck} color="green" label={t("factorOn")} />
              ) : (
                <StatusBadge icon={ShieldOff} color="orange" label={t("factorOff")} />
              )
            }
          />
          {hasSecondFactor && <Fact name={t("codesLeft")} value={recoveryCodesLeft} />}
        </FactList>
      </div>
      {hasSecondFactor && recoveryCodesLeft === 0 && doing === "nothing" && <Text>{t("noCodesLeft")}</Text>}
      <div className={classes.form}>
        {doing === "setting-up" && <SecondFactorSetup accountName={user.name} onDone={end} onCancel={end} />}
        {doing === "renewing" && <RenewCodesForm accountName={user.name} onEnd={end} />}
        {doing === "removing" && <RemoveFactorForm onEnd={end} />}
        {doing === "nothing" && !hasSecondFactor && (
          <Stack gap="sm">
            <Group>
              <Button onClick={() => setDoing("setting-up")}>{t("setUp")}</Button>
            </Group>
          </Stack>
        )}
        {doing === "nothing" && hasSecondFactor && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setDoing("renewing")}>
              {t("renewCodes")}
            </Button>
            <Button variant="default" onClick={() => setDoing("removing")}>
              {t("removeFactor")}
            </Button>
          </Group>
        )}
      </div>
    </SectionCard>
  );
}
