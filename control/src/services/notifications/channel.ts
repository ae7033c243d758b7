/** What a channel is: a way to tell somebody, with an end to every attempt. */
import { SipprotError } from "@sipprot/shared/errors";
import type { DialogueLine, NotificationChannel } from "@sipprot/shared/notification";
import type { ReportLanguage } from "@sipprot/shared/report";
import type { NotificationMessage } from "./message.ts";

/** A way to one set of recipients. */
export interface Sender {
  /**
   * Sends one message and returns what the other side answered. Throws `channel-failed` with its answer or the reason.
   * `overhear` is told what both sides say meanwhile, without passwords.
   */
  send(message: NotificationMessage, overhear?: Overhear): Promise<string>;
}

export interface Channel extends Sender {
  readonly name: NotificationChannel;
  /** What its progress and its health are kept under: the name, and the language where recipients read several. */
  readonly key: string;
  /** What its recipients read. */
  readonly language: ReportLanguage;
}

/** Told each line of a conversation. */
export type Overhear = (speaker: DialogueLine["speaker"], text: string) => void;

/** One attempt takes this long at most, name look-up to answer: a server that drips bytes does not hold us. */
export const SEND_DEADLINE_MS = 30_000;
/** As much of a foreign answer as is kept. */
export const MAX_ANSWER_CHARACTERS = 300;

/** The failure of an attempt, with the other side's own words. */
export function channelFailed(channel: NotificationChannel, answer: string, cause?: unknown): SipprotError {
  return new SipprotError(
    "channel-failed",
    answer.slice(0, MAX_ANSWER_CHARACTERS),
    { field: channel, remedy: "correct the notification settings, then send a test" },
    cause,
  );
}
