/** The first run, step by step: it can be left at any of them and goes on there, in whatever browser. */
"use client";
import { Anchor, Group } from "@mantine/core";
import type { User } from "@sipprot/shared/account";
import { type FirstRun, type FirstRunStep, firstRunSteps, type StepOutcome } from "@sipprot/shared/first-run";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { DataState } from "../../components/data-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useTRPC } from "../../trpc/trpc.ts";
import { DoorFrame } from "../sign-in/door-frame.tsx";
import { AddressesStep } from "./addresses-step.tsx";
import { FinishStep } from "./finish-step.tsx";
import classes from "./first-run.module.css";
import { LanguageStep } from "./language-step.tsx";
import { MailStep } from "./mail-step.tsx";
import { ModeStep } from "./mode-step.tsx";
import { PasswordStep } from "./password-step.tsx";
import { PbxStep } from "./pbx-step.tsx";
import type { StepProps } from "./step-frame.tsx";
import { StepList, type StepOutcomes } from "./step-list.tsx";

export function FirstRunPage() {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const me = useQuery(trpc.auth.me.queryOptions());
  const progress = useQuery(trpc.setup.progress.queryOptions());
  return (
    <DoorFrame title={t("title")} isWide>
      <DataState query={me}>
        {(user) => <DataState query={progress}>{(before) => <Steps user={user} before={before} />}</DataState>}
      </DataState>
    </DoorFrame>
  );
}

interface StepsProps {
  readonly user: User;
  /** What the server knew when the page was opened. */
  readonly before: FirstRun;
}

function Steps({ user, before }: StepsProps) {
  const t = useTranslations("first-run");
  const trpc = useTRPC();
  const client = useQueryClient();
  const locale = useLocale();
  const [outcomes, setOutcomes] = useState(() => readOutcomes(before));
  const [current, setCurrent] = useState(() => firstRunSteps.find((step) => !outcomes.has(step)));
  const complete = useMutation(
    trpc.setup.completeStep.mutationOptions({
      onSuccess: (progress) => client.setQueryData(trpc.setup.progress.queryKey(), progress),
    }),
  );
  const end = useMutation(
    trpc.setup.end.mutationOptions({
      // A whole new page: the server renders it for somebody whose first run is over.
      onSuccess: () => window.location.assign("/"),
    }),
  );
  const keepLanguage = useMutation(trpc.auth.setPreferences.mutationOptions());
  const goOn = (step: FirstRunStep, outcome: StepOutcome) => {
    setOutcomes(new Map([...outcomes, [step, outcome]]));
    setCurrent(firstRunSteps[firstRunSteps.indexOf(step) + 1]);
    // Until the password is one's own, nothing may be changed: the language is told with it.
    if (step === "password") complete.mutate({ step: "language", outcome: "answered" });
    if (step === "password" || (step === "language" && !user.mustChangePassword)) {
      keepLanguage.mutate({ ...user.preferences, language: locale });
    }
    if (step !== "language" || !user.mustChangePassword) complete.mutate({ step, outcome });
  };
  const goBackFrom = (step: FirstRunStep | undefined) => {
    const at = step === undefined ? firstRunSteps.length : firstRunSteps.indexOf(step);
    return at === 0 ? undefined : () => setCurrent(firstRunSteps[at - 1]);
  };
  return (
    <div className={classes.layout}>
      <div>
        <StepList current={current} outcomes={outcomes} onOpen={setCurrent} />
        {!user.mustChangePassword && (
          <Group mt="md">
            <Anchor
              component="button"
              type="button"
              disabled={end.isPending}
              onClick={() => end.mutate({ end: "put-off" })}
            >
              {t("later")}
            </Anchor>
          </Group>
        )}
      </div>
      <div>
        <FormError error={end.error ?? complete.error} />
        {current === undefined ? (
          <FinishStep
            outcomes={outcomes}
            isPending={end.isPending}
            onBack={() => setCurrent("mail")}
            onFinish={() => end.mutate({ end: "finished" })}
          />
        ) : (
          <Step
            key={current}
            step={current}
            user={user}
            onDone={() => goOn(current, "answered")}
            onSkip={() => goOn(current, "skipped")}
            onBack={goBackFrom(current)}
          />
        )}
      </div>
    </div>
  );
}

interface OneStepProps extends StepProps {
  readonly step: FirstRunStep;
  readonly user: User;
}

function Step({ step, user, ...go }: OneStepProps) {
  switch (step) {
    case "language":
      return <LanguageStep {...go} />;
    case "password":
      return <PasswordStep {...go} user={user} />;
    case "addresses":
      return <AddressesStep {...go} />;
    case "pbx":
      return <PbxStep {...go} />;
    case "mode":
      return <ModeStep {...go} />;
    case "mail":
      return <MailStep {...go} />;
  }
}

function readOutcomes({ done, skipped }: FirstRun): StepOutcomes {
  return new Map(done.map((step) => [step, skipped.includes(step) ? "skipped" : "answered"]));
}
