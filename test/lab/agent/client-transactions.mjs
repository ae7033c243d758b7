/** Client transactions with the timers of RFC 3261 17.1: a request is sent again until it is answered. */
import { branchOf } from "./sip-text.mjs";

const T1_MS = 500;
const T2_MS = 4000;
/** How often, and how soon, a request is sent again on a new connection when the old one broke. */
const MAX_RESENDS = 5;
const RESEND_AFTER_MS = 100;

/** @typedef {import("./sip-text.mjs").Message} Message */

export class ClientTransactions {
  /** @type {Map<string, { onAnswer: (answer: Message) => void, onBroken: () => void }>} */
  #open = new Map();
  /** @type {import("./wire.mjs").Wire} */
  #wire;
  /** Requests sent more than once. */
  retransmissions = 0;

  /** @param {import("./wire.mjs").Wire} wire */
  constructor(wire) {
    this.#wire = wire;
  }

  /**
   * Sends a request and resolves with its final answer, or with undefined after the time-out.
   * @param {{ bytes: Buffer, branch: string, method: string, timeoutMs?: number, onProvisional?: (answer: Message) => void, onFinalAgain?: (answer: Message) => void }} request
   * @returns {Promise<Message | undefined>}
   */
  send({ bytes, branch, method, timeoutMs = 64 * T1_MS, onProvisional, onFinalAgain }) {
    const key = `${branch} ${method}`;
    return new Promise((resolve) => {
      let waitMs = T1_MS;
      let isFinal = false;
      let resends = 0;
      /** @type {NodeJS.Timeout | undefined} */
      let again;
      const finish = (/** @type {Message | undefined} */ answer) => {
        clearTimeout(again);
        clearTimeout(end);
        // Repeated final answers to an INVITE still need their ACK, so that entry stays for a while.
        if (method !== "INVITE" || answer === undefined) this.#open.delete(key);
        else setTimeout(() => this.#open.delete(key), 64 * T1_MS).unref();
        resolve(answer);
      };
      const end = setTimeout(() => finish(undefined), timeoutMs);
      const repeat = () => {
        this.retransmissions += 1;
        this.#wire.send(bytes);
        waitMs = method === "INVITE" ? waitMs * 2 : Math.min(waitMs * 2, T2_MS);
        again = setTimeout(repeat, waitMs);
      };
      if (this.#wire.transport === "udp") again = setTimeout(repeat, waitMs);
      this.#open.set(key, {
        // A phone whose connection breaks opens a new one and asks again, a moment later, a few times.
        onBroken: () => {
          if (isFinal || resends >= MAX_RESENDS) return;
          resends += 1;
          setTimeout(() => this.#wire.send(bytes), RESEND_AFTER_MS * resends).unref();
        },
        onAnswer: (answer) => {
          if (answer.status >= 200) {
            if (isFinal) onFinalAgain?.(answer);
            isFinal = true;
            return finish(answer);
          }
          if (method === "INVITE") clearTimeout(again);
          onProvisional?.(answer);
        },
      });
      this.#wire.send(bytes);
    });
  }

  /** The connection broke: what is not answered yet goes out again on a new one. */
  resend() {
    for (const { onBroken } of this.#open.values()) onBroken();
  }

  /** Hands an answer to its transaction; false when it belongs to none. @param {Message} answer */
  take(answer) {
    const method = answer.header("cseq").split(/\s+/)[1] ?? "";
    const entry = this.#open.get(`${branchOf(answer)} ${method}`);
    entry?.onAnswer(answer);
    return entry !== undefined;
  }
}
