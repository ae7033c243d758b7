/** A webhook: JSON by POST, signed, to exactly the address that was given. */
import { createHmac } from "node:crypto";
import { channelFailed, MAX_ANSWER_CHARACTERS, type Overhear, SEND_DEADLINE_MS, type Sender } from "./channel.ts";
import type { NotificationMessage } from "./message.ts";

export class WebhookChannel implements Sender {
  readonly #url: string;
  readonly #secret: string;
  readonly #now: () => number;
  readonly #deadlineMs: number;

  constructor(url: string, secret: string, now: () => number, deadlineMs = SEND_DEADLINE_MS) {
    this.#url = url;
    this.#secret = secret;
    this.#now = now;
    this.#deadlineMs = deadlineMs;
  }

  async send(message: NotificationMessage, overhear?: Overhear): Promise<string> {
    const body = JSON.stringify(message.json);
    const timestamp = String(Math.floor(this.#now() / 1000));
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "user-agent": "sipprot",
      // The same for every attempt, so that the receiver can tell a repetition.
      "x-sipprot-id": message.id,
      "x-sipprot-timestamp": timestamp,
    };
    if (this.#secret !== "") headers["x-sipprot-signature"] = signWebhook(this.#secret, timestamp, body);
    overhear?.("sipprot", `POST ${this.#url}`);
    for (const [name, value] of Object.entries(headers)) overhear?.("sipprot", `${name}: ${value}`);
    overhear?.("sipprot", body);
    let answer: string;
    let isTaken: boolean;
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        body,
        headers,
        // A redirect would carry what we tell to whom nobody named.
        redirect: "manual",
        signal: AbortSignal.timeout(this.#deadlineMs),
      });
      isTaken = response.ok;
      const head = `${response.status} ${response.statusText}`.trim();
      const target = response.status >= 300 && response.status < 400 ? "redirects are not followed" : "";
      overhear?.("server", head);
      answer = [head, target, await readBeginning(response)].filter((part) => part !== "").join(": ");
    } catch (error) {
      throw channelFailed("webhook", describe(error, this.#deadlineMs), error);
    }
    if (!isTaken) throw channelFailed("webhook", answer);
    return answer.slice(0, MAX_ANSWER_CHARACTERS);
  }
}

/** `v1=` and HMAC-SHA256 of `TIMESTAMP.BODY` in hex: what a receiver computes and compares. */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/** As much of the answer as is kept; the rest is not fetched. */
async function readBeginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < MAX_ANSWER_CHARACTERS) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value.subarray(0, MAX_ANSWER_CHARACTERS * 4), { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MAX_ANSWER_CHARACTERS).trim();
}

function describe(error: unknown, deadlineMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${deadlineMs / 1000} s`;
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return cause === "" ? error.message : cause;
}
