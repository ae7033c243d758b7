/** What the test of each channel and its other side say to each other, while they do: kept in memory, the last of each. */
import type { DialogueLine, NotificationChannel, TestDialogue } from "@sipprot/shared/notification";
import type { Overhear } from "./channel.ts";

/** A mail takes a dozen lines; a server that greets at length is cut. */
const MAX_LINES = 200;
const MAX_LINE_CHARACTERS = 500;

export class TestDialogues {
  readonly #now: () => number;
  readonly #last = new Map<NotificationChannel, { begunAtMs: number; isOver: boolean; lines: DialogueLine[] }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Does a test and notes what is said meanwhile. */
  async during<Result>(channel: NotificationChannel, test: (overhear: Overhear) => Promise<Result>): Promise<Result> {
    const dialogue = { begunAtMs: this.#now(), isOver: false, lines: [] as DialogueLine[] };
    this.#last.set(channel, dialogue);
    try {
      return await test((speaker, text) => {
        if (dialogue.lines.length >= MAX_LINES) return;
        dialogue.lines.push({ speaker, text: text.slice(0, MAX_LINE_CHARACTERS), atMs: this.#now() });
      });
    } finally {
      dialogue.isOver = true;
    }
  }

  /** The last one of a channel; undefined when there was none since this server started. */
  read(channel: NotificationChannel): TestDialogue | undefined {
    return this.#last.get(channel);
  }
}
