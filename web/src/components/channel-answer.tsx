/** What the other side of a channel really answered to what was sent, in its own words. */
"use client";
import { Alert } from "@mantine/core";
import type { ChannelAnswer } from "@sipprot/shared/notification";
import CircleCheck from "lucide-react/icons/circle-check";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { WireText } from "./wire-text.tsx";

export interface ChannelAnswerNoteProps {
  readonly answer: ChannelAnswer;
  readonly takenTitle: string;
  readonly refusedTitle: string;
}

export function ChannelAnswerNote({ answer: { isTaken, answer }, takenTitle, refusedTitle }: ChannelAnswerNoteProps) {
  const Icon = isTaken ? CircleCheck : TriangleAlert;
  return (
    <Alert
      role="status"
      color={isTaken ? "green" : "red"}
      icon={<Icon aria-hidden />}
      title={isTaken ? takenTitle : refusedTitle}
    >
      <WireText text={answer} />
    </Alert>
  );
}
