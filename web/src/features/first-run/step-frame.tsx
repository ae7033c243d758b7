/** The frame of a step: its heading, focused as the step opens, its content, and the buttons under it. */
"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import classes from "./first-run.module.css";

/** What every step is given: how to go on and back. */
export interface StepProps {
  readonly onDone: () => void;
  readonly onSkip: () => void;
  /** Undefined at the first. */
  readonly onBack: (() => void) | undefined;
}

export interface StepFrameProps {
  readonly title: string;
  readonly description: ReactNode;
  readonly onBack: (() => void) | undefined;
  /** Leaves the step unanswered; undefined where it must be answered. */
  readonly onSkip?: (() => void) | undefined;
  /** The button that answers it; left out while something within the step has its own. */
  readonly forward?: ReactNode;
  readonly children?: ReactNode;
}

export function StepFrame({ title, description, onBack, onSkip, forward, children }: StepFrameProps) {
  const t = useTranslations("first-run");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Paper p={{ base: "md", sm: "lg" }} className={classes.card}>
      <div>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        <Text c="dimmed" component="div">
          {description}
        </Text>
      </div>
      {children}
      {(onBack ?? onSkip ?? forward) !== undefined && (
        <div className={classes.buttons}>
          {onBack !== undefined && (
            <Button variant="default" onClick={onBack}>
              {t("back")}
            </Button>
          )}
          <div className={classes.forward}>
            {onSkip !== undefined && (
              <Button variant="subtle" onClick={onSkip}>
                {t("skip")}
              </Button>
            )}
            {forward}
          </div>
        </div>
      )}
    </Paper>
  );
}
