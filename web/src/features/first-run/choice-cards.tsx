/** A choice of a few, each with a sentence on what it means. */
"use client";
import { Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./first-run.module.css";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  /** Language of the words, where it is not the page's. */
  readonly lang?: string;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly label: string;
  readonly choices: ReadonlyArray<Choice<Value>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function ChoiceCards<Value extends string>({ label, choices, value, onChange }: ChoiceCardsProps<Value>) {
  return (
    <Radio.Group aria-label={label} value={value} onChange={(chosen) => onChange(chosen as Value)}>
      <Stack gap="sm">
        {choices.map((choice) => (
          <Radio.Card key={choice.value} value={choice.value} lang={choice.lang} className={classes.choice}>
            <div className={classes.choiceRow}>
              <Radio.Indicator mt={2} />
              <div>
                <Text fw={600}>{choice.title}</Text>
                {choice.text !== undefined && <Text c="dimmed">{choice.text}</Text>}
              </div>
            </div>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
