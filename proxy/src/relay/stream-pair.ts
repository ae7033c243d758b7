/** One TCP connection of a client and the one to the PBX that belongs to it: messages judged one by one, bytes unchanged. */
import type { Socket } from "node:net";
import { sourceOf } from "@sipprot/shared/address";
import type { Resident } from "./connection-census.ts";
import type { Frame, Framer, Judgement, Peer } from "./gatekeeper.ts";
import type { ClientLine, PairSetup } from "./pair-setup.ts";
import { resetSocket } from "./socket-reset.ts";

/** A message is held no longer than its sender waits for an answer: Timer F (RFC 3261 17.1.2.2). */
export const MAX_HOLD_MS = 32_000;
/** A held message is asked for again no sooner than this, whatever the policy says. */
const MIN_RETRY_MS = 10;
/** Bytes that may wait for a client that was not read from just now (requests that come for it another way). */
const MAX_WAITING_BYTES = 1024 * 1024;

/** How long the last bytes may take to leave once the other end is gone. */
const LINGER_MS = 10_000;

/**
 * The pair. The connection to the PBX is opened by the first message that passes, so a connection that only sits there
 * costs the PBX nothing.
 */
export class StreamPair implements Resident, ClientLine {
  readonly peer: Peer;
  readonly source: string;
  readonly sinceMs: number;
  isProven = false;
  lastPassedAtMs = 0;
  partialSinceMs = 0;
  stalledSinceMs = 0;
  readonly #client: Socket;
  readonly #setup: PairSetup;
  readonly #inFramer: Framer;
  readonly #outFramer: Framer;
  #up: Socket | undefined;
  /** What has passed and waits for the connection to the PBX, and what gives that up; undefined when none is waited for. */
  #unsent: Buffer[] | undefined;
  #giveUp = () => {};
  #waiting: Frame[] = [];
  #holdTimer: NodeJS.Timeout | undefined;
  #heldSinceMs = 0;
  #isCongested = false;
  #clientEnded = false;
  #isOver = false;

  constructor(client: Socket, peer: Peer, setup: PairSetup) {
    this.#client = client;
    this.peer = peer;
    this.#setup = setup;
    this.source = sourceOf(peer.address);
    this.sinceMs = setup.now();
    this.#inFramer = setup.gatekeeper.openFramer();
    this.#outFramer = setup.gatekeeper.openFramer();
  }

  /** Begins to read. Call once, after the census took it in. */
  begin(): void {
    const client = this.#client;
    client.on("data", (chunk: Buffer) => this.#takeFromClient(chunk));
    client.on("end", () => {
      this.#setup.datagramsBetween();
      this.#clientEnded = true;
      this.#passWaiting();
    });
    client.on("drain", () => {
      this.stalledSinceMs = 0;
      this.#up?.resume();
    });
    client.on("error", () => this.#finish(true));
    client.on("close", () => {
      this.#setup.datagramsBetween();
      this.#finish(false);
    });
    client.resume();
  }

  /** Writes a message to the client that came another way. False when it is not read from and enough is waiting. */
  sendToClient(bytes: Buffer): boolean {
    if (this.#isOver || this.#client.writableLength > MAX_WAITING_BYTES) return false;
    this.#writeToClient(bytes);
    return true;
  }

  /** Ends both connections with a reset. */
  shed(): void {
    if (this.#isOver) return;
    this.#setup.tally.sums.connectionsShed += 1;
    this.#finish(true);
  }

  #takeFromClient(chunk: Buffer): void {
    this.#setup.datagramsBetween();
    for (const frame of this.#inFramer.push(chunk)) this.#waiting.push(frame);
    this.#passWaiting();
    if (this.#isOver) return;
    if (this.#inFramer.isBroken && this.#waiting.length === 0) {
      this.#setup.lane.count("in", "drop", "malformed");
      this.shed();
      return;
    }
    if (this.#inFramer.pendingBytes === 0) this.partialSinceMs = 0;
    else if (this.partialSinceMs === 0) this.partialSinceMs = this.#setup.now();
  }

  /** Passes what waits, in order, until it is empty or a message has to be held. */
  #passWaiting(): void {
    const waiting = this.#waiting;
    let next = 0;
    while (next < waiting.length && this.#holdTimer === undefined && !this.#isOver) {
      const frame = waiting[next];
      if (frame === undefined || this.#pass(frame)) next += 1;
    }
    if (this.#isOver) return;
    this.#waiting = next === waiting.length ? [] : waiting.slice(next);
    if (this.#clientEnded && this.#waiting.length === 0) this.#endAfterClient();
  }

  /** False when the frame has to wait. */
  #pass(frame: Frame): boolean {
    const { gatekeeper, tally, lane } = this.#setup;
    if (frame.kind === "keepalive") {
      this.#passKeepalive(frame.bytes);
      return true;
    }
    const atMs = this.#setup.now();
    const startMs = tally.isTimed() ? performance.now() : 0;
    const judgement = gatekeeper.judge(frame.bytes, this.peer, atMs);
    const heldMs = this.#heldSinceMs === 0 ? 0 : atMs - this.#heldSinceMs;
    if (judgement.verdict === "hold" && heldMs < MAX_HOLD_MS) {
      this.#hold(judgement.retryAtMs, atMs);
      return false;
    }
    this.#heldSinceMs = 0;
    lane.count("in", judgement.verdict === "hold" ? "drop" : judgement.verdict, judgement.gate);
    if (judgement.verdict === "pass") this.#forward(frame.bytes, atMs);
    else if (this.#endsWith(judgement)) this.shed();
    if (startMs > 0) tally.addLatency((performance.now() - startMs) * 1000);
    return true;
  }

  /**
   * A refused source has no use for a connection; but one that carried good messages may be a whole office's, with one
   * of its accounts refused, and stays.
   */
  #endsWith({ verdict, gate }: Judgement): boolean {
    if (verdict !== "drop") return false;
    if (gate === "denied" || gate === "country") return true;
    return !this.isProven && (gate === "blocked" || gate === "scanner");
  }

  #forward(bytes: Buffer, atMs: number): void {
    if (!this.isProven) {
      this.isProven = true;
      this.#setup.census.prove(this);
    }
    this.lastPassedAtMs = atMs;
    const translator = this.#setup.translator;
    const outcome = translator === undefined ? bytes : translator.inward(this.peer);
    if (outcome !== undefined) this.#writeUp(outcome);
  }

  #passKeepalive(bytes: Buffer): void {
    if (!this.#setup.keepalives.admits(this.peer.address, this.#setup.now())) return;
    const translator = this.#setup.translator;
    if (translator === undefined) {
      if (this.#up !== undefined) this.#writeUp(bytes);
      return;
    }
    const pong = translator.pong(bytes);
    if (pong !== undefined) this.sendToClient(pong);
  }

  #hold(retryAtMs: number, atMs: number): void {
    if (this.#heldSinceMs === 0) {
      this.#heldSinceMs = atMs;
      this.#setup.lane.count("in", "hold", "guessing");
    }
    this.partialSinceMs = 0;
    this.#client.pause();
    const waitMs = Math.min(Math.max(retryAtMs - atMs, MIN_RETRY_MS), MAX_HOLD_MS);
    this.#holdTimer = setTimeout(() => {
      this.#holdTimer = undefined;
      this.#passWaiting();
      this.#resumeClient();
    }, waitMs);
  }

  #resumeClient(): void {
    if (!this.#isOver && this.#holdTimer === undefined && !this.#isCongested) this.#client.resume();
  }

  #writeUp(bytes: Buffer): void {
    if (this.#up !== undefined) {
      if (!this.#up.write(bytes)) this.#stall();
    } else if (this.#unsent !== undefined) this.#unsent.push(bytes);
    else {
      this.#unsent = [bytes];
      this.#stall();
      const { pacer, gatekeeper, now } = this.#setup;
      const isKnown = gatekeeper.isKnown(this.peer.address, now());
      this.#giveUp = pacer.ask(this.source, isKnown, () => this.#openUp());
    }
  }

  /** Takes no more from the client until the PBX has taken what there is. */
  #stall(): void {
    this.#isCongested = true;
    this.stalledSinceMs = this.#setup.now();
    this.#client.pause();
  }

  #flow(): void {
    this.#isCongested = false;
    this.stalledSinceMs = 0;
    this.#resumeClient();
  }

  #openUp(): Socket | undefined {
    const unsent = this.#unsent ?? [];
    this.#unsent = undefined;
    let up: Socket;
    try {
      up = this.#setup.connectUp(this.peer);
    } catch {
      this.#setup.tally.sums.sendErrors += 1;
      this.#finish(true);
      return undefined;
    }
    this.#up = up;
    up.on("connect", () => {
      if (!up.writableNeedDrain) this.#flow();
    });
    up.on("drain", () => this.#flow());
    up.on("data", (chunk: Buffer) => this.#takeFromPbx(chunk));
    up.on("end", () => this.#client.end());
    up.on("error", () => {
      this.#setup.tally.sums.sendErrors += 1;
      this.#finish(true);
    });
    up.on("close", () => this.#finish(false));
    for (const bytes of unsent) up.write(bytes);
    if (this.#clientEnded && this.#waiting.length === 0) up.end();
    return up;
  }

  #takeFromPbx(chunk: Buffer): void {
    const { gatekeeper, lane, translator, datagramsBetween } = this.#setup;
    datagramsBetween();
    const atMs = this.#setup.now();
    for (const frame of this.#outFramer.push(chunk)) {
      if (frame.kind === "keepalive") continue;
      if (translator !== undefined) translator.outward(frame.bytes, this);
      else lane.countOut(gatekeeper.see(frame.bytes, this.peer, atMs), atMs);
    }
    // The PBX is trusted: what it sends passes as it is, even where we cannot read it.
    if (translator === undefined) this.#writeToClient(chunk);
    else if (this.#outFramer.isBroken) this.#finish(true);
  }

  #writeToClient(bytes: Buffer): void {
    if (this.#isOver || this.#client.writableEnded || this.#client.write(bytes)) return;
    this.stalledSinceMs = this.#setup.now();
    this.#up?.pause();
  }

  #endAfterClient(): void {
    if (this.#up !== undefined) this.#up.end();
    else if (this.#unsent === undefined) this.#finish(false);
  }

  /** Both ends go: with a reset, or when what was written has left. */
  #finish(withReset: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#holdTimer);
    this.#giveUp();
    this.#waiting = [];
    this.#setup.census.remove(this);
    for (const socket of [this.#client, this.#up]) {
      if (socket === undefined || socket.destroyed) continue;
      if (withReset) {
        resetSocket(socket);
        continue;
      }
      socket.setTimeout(LINGER_MS, () => socket.destroy());
      socket.destroySoon();
    }
    this.#setup.ended?.(this);
  }
}
