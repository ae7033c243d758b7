/** A policy with a stand-in PBX behind it and a clock that is set by hand: days pass in milliseconds. */
import { answered } from "@sipprot/proxy/policy/answered";
import type { Arrival } from "@sipprot/proxy/policy/arrival";
import { decide } from "@sipprot/proxy/policy/decide";
import type { Decision, Effect } from "@sipprot/proxy/policy/decision";
import { expire } from "@sipprot/proxy/policy/expire";
import { createPolicy, type PolicyOptions, type PolicyView } from "@sipprot/proxy/policy/view";
import type { SipMessage } from "@sipprot/proxy/sip/message";
import type { Transport } from "@sipprot/shared/block";
import { defaultSettings, type Settings } from "@sipprot/shared/settings";
import { anAnswer, aRegister, aRequest, withPassword } from "./message.ts";

export const START_MS = Date.UTC(2026, 0, 5, 8);
/** How long a nonce of the stand-in lives, as with Asterisk. */
const NONCE_SECONDS = 32;

/** A guess that reached the PBX. */
export interface Guess {
  readonly atMs: number;
  readonly address: string;
  readonly account: string;
}

export interface Sent {
  readonly decision: Decision;
  /** What the PBX answered; undefined when the request did not pass or has no answer. */
  readonly answer: SipMessage | undefined;
}

interface From {
  readonly port?: number;
  readonly transport?: Transport;
}

export class Scene {
  readonly view: PolicyView;
  nowMs = START_MS;
  /** Account → password. */
  readonly passwords = new Map<string, string>();
  /** Addresses whose calls the PBX takes without credentials. */
  readonly trunks = new Set<string>();
  readonly wrongGuesses: Guess[] = [];
  readonly effects: Effect[] = [];
  requestsAtPbx = 0;

  constructor(settings: Partial<Settings> = {}, options: Partial<PolicyOptions> = {}) {
    this.view = createPolicy({
      host: "gate",
      secret: new Uint8Array(32).fill(7),
      settings: { ...defaultSettings, ...settings },
      ownNetworks: ["203.0.113.10"],
      country: () => undefined,
      ...options,
    });
  }

  arrival(address: string, message: SipMessage, { port = 5060, transport = "udp" }: From = {}): Arrival {
    return { atMs: this.nowMs, address, port, transport, endpoint: "203.0.113.10:5060", message };
  }

  /** Only decides; nothing answers. */
  decide(address: string, message: SipMessage, from: From = {}): Decision {
    return decide(this.arrival(address, message, from), this.view);
  }

  /** The PBX sends this to the address. */
  answer(address: string, message: SipMessage, from: From = {}): void {
    answered(this.arrival(address, message, from), this.view);
  }

  /** Decides, lets the PBX answer what passed, and shows the policy the answer. */
  send(address: string, message: SipMessage, from: From = {}): Sent {
    const decision = this.decide(address, message, from);
    if (decision.verdict !== "pass") return { decision, answer: undefined };
    const answer = this.answerOf(address, message);
    if (answer !== undefined) this.answer(address, answer, from);
    return { decision, answer };
  }

  /** What a PBX like Asterisk answers. */
  answerOf(address: string, request: SipMessage): SipMessage | undefined {
    this.requestsAtPbx += 1;
    if (!request.isRequest || request.method === "ACK") return undefined;
    if (request.method === "BYE" || request.method === "CANCEL") return anAnswer(request, 200);
    if (this.trunks.has(address)) return anAnswer(request, request.method === "INVITE" ? 180 : 200);
    const [credentials] = request.credentials;
    const challenge = { nonce: this.nonceFor(address), stale: false };
    if (credentials === undefined) return anAnswer(request, 401, [challenge]);
    if (this.passwords.get(credentials.username) !== credentials.response) {
      this.wrongGuesses.push({ atMs: this.nowMs, address, account: credentials.username });
      return anAnswer(request, 401, [challenge]);
    }
    const issuedSeconds = Number(/^(\d+)\/(.*)$/.exec(credentials.nonce)?.[1] ?? 0);
    const isFresh = this.nowMs / 1000 - issuedSeconds < NONCE_SECONDS && credentials.nonce.endsWith(address);
    if (!isFresh) return anAnswer(request, 401, [{ ...challenge, stale: true }]);
    return anAnswer(request, request.method === "INVITE" ? 180 : 200);
  }

  /** A nonce as the PBX gives it to that address now. */
  nonceFor(address: string): string {
    return `${Math.floor(this.nowMs / 1000)}/${address}`;
  }

  /** Registers as a phone does: without credentials, then with the nonce that came. True when the PBX took it. */
  register(address: string, account: string, password: string, from: From = {}): boolean {
    const { answer } = this.send(address, aRegister(account), from);
    const nonce = answer?.challenges[0]?.nonce;
    if (nonce === undefined) return false;
    return this.guess(address, account, password, nonce, from).answer?.status === 200;
  }

  /** One REGISTER with credentials; with an issued nonce unless another is given. */
  guess(address: string, account: string, password: string, nonce: string, from: From = {}): Sent {
    return this.send(address, aRegister(account, { credentials: withPassword(account, password, nonce) }), from);
  }

  /** A nonce that went to the address, as after a REGISTER without credentials. */
  challenge(address: string, account = "1000", from: From = {}): string {
    return this.send(address, aRegister(account), from).answer?.challenges[0]?.nonce ?? "refused";
  }

  call(address: string, caller: string, number: string, from: From = {}): Sent {
    return this.send(address, aRequest("INVITE", caller, number), from);
  }

  addPhones(count: number, first = 1000): string[] {
    const accounts = Array.from({ length: count }, (_, index) => String(first + index));
    for (const account of accounts) this.passwords.set(account, `pw-${account}`);
    return accounts;
  }

  /** Lets time pass, with housekeeping each second up to a minute's worth. */
  pass(ms: number): void {
    const steps = Math.min(60, Math.ceil(ms / 1000));
    for (let step = 1; step <= steps; step += 1) {
      this.nowMs += Math.round(ms / steps);
      expire(this.view, this.nowMs);
      this.effects.push(...this.view.takeEffects());
    }
  }

  takeEffects(): Effect[] {
    this.effects.push(...this.view.takeEffects(true));
    return this.effects;
  }

  /** Effects of one kind so far. */
  told<Kind extends Effect["kind"]>(kind: Kind): Extract<Effect, { kind: Kind }>[] {
    return this.takeEffects().filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);
  }

  /** Events of one kind so far, counted by message. */
  countEvents(kind: string): number {
    let count = 0;
    for (const { event } of this.told("event")) if (event.kind === kind) count += event.count;
    return count;
  }

  /** Most wrong guesses of the address at the PBX in any rolling minute. */
  mostGuessesAMinute(address: string): number {
    const times = this.wrongGuesses.filter((guess) => guess.address === address).map((guess) => guess.atMs);
    let most = 0;
    let first = 0;
    times.forEach((atMs, index) => {
      while (atMs - (times[first] ?? atMs) >= 60_000) first += 1;
      most = Math.max(most, index - first + 1);
    });
    return most;
  }
}
