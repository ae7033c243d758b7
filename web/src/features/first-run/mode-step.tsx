/** First run: look on for the first days, or refuse from now on. */
"use client";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { ChoiceCards } from "./choice-cards.tsx";
import { StepFrame, type StepProps } from "./step-frame.tsx";

type Mode = "observe" | "protect";

export function ModeStep({ onDone, onSkip, onBack }: StepProps) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [mode, setMode] = useState<Mode>("observe");
  const change = useMutation(
    trpc.settings.change.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: trpc.settings.get.queryKey() });
        onDone();
      },
    }),
  );
  return (
    <StepFrame
      title={t("modeTitle")}
      description={t("modeText")}
      onBack={onBack}
      onSkip={onSkip}
      forward={
        <Button loading={change.isPending} onClick={() => change.mutate({ mode })}>
          {mode === "observe" ? t("beginObserving") : t("beginProtecting")}
        </Button>
      }
    >
      <FormError error={change.error} />
      <ChoiceCards<Mode>
        label={t("stepMode")}
        choices={[
          { value: "observe", title: t("observe"), text: t("observeText") },
          { value: "protect", title: t("protect"), text: t("protectText") },
        ]}
        value={mode}
        onChange={setMode}
      />
    </StepFrame>
  );
}
