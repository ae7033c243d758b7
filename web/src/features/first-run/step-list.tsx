/** The steps of the first run: which are done, which one this is; back to any that was reached. */
"use client";
import { type FirstRunStep, firstRunSteps, type StepOutcome } from "@sipprot/shared/first-run";
import Circle from "lucide-react/icons/circle";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import CircleDot from "lucide-react/icons/circle-dot";
import { useTranslations } from "use-intl";
import classes from "./first-run.module.css";

/** The steps that are behind, and how. */
export type StepOutcomes = ReadonlyMap<FirstRunStep, StepOutcome>;

export interface StepListProps {
  /** Undefined at the end, when all are behind. */
  readonly current: FirstRunStep | undefined;
  readonly outcomes: StepOutcomes;
  readonly onOpen: (step: FirstRunStep) => void;
}

const icons = { answered: CircleCheck, skipped: CircleDashed, open: Circle };

export function useStepNames(): Record<FirstRunStep, string> {
  const t = useTranslations("first-run");
  return {
    language: t("stepLanguage"),
    password: t("stepPassword"),
    addresses: t("stepAddresses"),
    pbx: t("stepPbx"),
    mode: t("stepMode"),
    mail: t("stepMail"),
  };
}

export function StepList({ current, outcomes, onOpen }: StepListProps) {
  const t = useTranslations("first-run");
  const names = useStepNames();
  const words = { answered: t("stepAnswered"), skipped: t("stepSkipped"), open: t("stepToDo") };
  const position = current === undefined ? firstRunSteps.length : firstRunSteps.indexOf(current) + 1;
  return (
    <nav aria-label={t("steps")}>
      <p className={classes.count}>{t("stepOf", { position, all: firstRunSteps.length })}</p>
      <ol className={classes.steps}>
        {firstRunSteps.map((step) => {
          const isCurrent = step === current;
          const outcome = outcomes.get(step);
          const Icon = isCurrent ? CircleDot : icons[outcome ?? "open"];
          const content = (
            <>
              <Icon size={18} role="img" aria-label={words[outcome ?? "open"]} />
              {names[step]}
            </>
          );
          return (
            <li key={step}>
              {isCurrent || outcome === undefined ? (
                <span className={classes.step} aria-current={isCurrent ? "step" : undefined}>
                  {content}
                </span>
              ) : (
                <button type="button" className={classes.step} onClick={() => onOpen(step)}>
                  {content}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
