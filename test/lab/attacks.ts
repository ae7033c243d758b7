/** Attacks of our own making, run in a namespace: guesses by the thousand, forged senders, crowds of connections. */
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Namespace, Running } from "./namespace.ts";
import { pbxAddress } from "./network.ts";

/** Longer than any attack here takes. */
const ATTACK_WITHIN_MS = 120_000;

interface Target {
  readonly address: string;
  readonly port: number;
}
const pbx: Target = { address: pbxAddress, port: 5060 };

export interface Guessing {
  readonly address: string;
  readonly users: readonly string[];
  readonly guesses: number;
  /** All from one UDP port, over many UDP ports, or over many TCP connections. */
  readonly way: "port" | "ports" | "tcp";
  readonly lines: number;
  /** 0 or absent: as fast as it goes. */
  readonly perSecond?: number;
  /** How long to listen after the last guess. */
  readonly waitMs?: number;
  readonly server?: Target;
  readonly agent?: string;
  /** True: with a nonce the PBX never issued, as a blind forger would. */
  readonly madeUpNonce?: boolean;
  /** True: no passwords at all, account after account, as one who looks for accounts. */
  readonly unsigned?: boolean;
  /** REGISTER unless told otherwise. */
  readonly method?: string;
  /** Always this password instead of ever new ones. */
  readonly password?: string;
}
export interface GuessingResult {
  readonly sent: number;
  readonly sentInMs: number;
  /** Answers by status. */
  readonly answers: Readonly<Record<string, number>>;
  readonly hadNonce: boolean;
  readonly openLines: number;
}

/** Guesses passwords. */
export function guess(space: Namespace, orders: Guessing): Promise<GuessingResult> {
  return runAgent<GuessingResult>(space, "guesser.mjs", { server: pbx, ...orders });
}

export interface Forgery {
  /** In whose name. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly messages: number;
  readonly perSecond: number;
  readonly server?: Target;
}

/** Sends failures in somebody else's name. */
export function forge(space: Namespace, orders: Forgery): Promise<{ sent: number; sentInMs: number }> {
  return runAgent(space, "forger.mjs", { server: pbx, ...orders });
}

export interface CrowdState {
  readonly opened: number;
  readonly refused: number;
  readonly closed: number;
  readonly stillOpen: number;
}
export interface Crowd {
  /** The newest state; undefined until all were tried. */
  state(): CrowdState | undefined;
  stop(): Promise<void>;
}

/** Opens many TCP connections that send nothing, or one byte of the text each second. */
export function gatherCrowd(
  space: Namespace,
  orders: { addresses: readonly string[]; connections: number; text?: string; server?: Target },
): Crowd {
  const running = space.start(process.execPath, [programPath("crowd.mjs"), JSON.stringify({ server: pbx, ...orders })]);
  let newest: CrowdState | undefined;
  const { stdout } = running.child;
  if (stdout) {
    createInterface({ input: stdout }).on("line", (line) => {
      newest = JSON.parse(line) as CrowdState;
    });
  }
  return { state: () => newest, stop: () => running.stop("SIGKILL") };
}

export interface Kept {
  readonly datagramCount: number;
  readonly datagrams: readonly { readonly address: string; readonly port: number; readonly base64: string }[];
  readonly streams: readonly {
    readonly stream: number;
    readonly address: string;
    readonly port: number;
    readonly isOpen: boolean;
    readonly base64: string;
  }[];
}

/** A plain end of the wire that sends bytes as told and keeps what comes. */
export class Endpoint {
  readonly #running: Running;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #lastId = 0;

  private constructor(running: Running) {
    this.#running = running;
    const { stdout, stdin } = running.child;
    stdin?.on("error", () => {});
    if (stdout) {
      createInterface({ input: stdout }).on("line", (line) => {
        const { id, result } = JSON.parse(line) as { id: number; result: unknown };
        this.#waiting.get(id)?.(result);
        this.#waiting.delete(id);
      });
    }
  }

  /** Binds it; with `listens` it takes TCP connections too, as a PBX does. */
  static async open(space: Namespace, where: { address: string; port: number; listens: boolean }): Promise<Endpoint> {
    const endpoint = new Endpoint(space.start(process.execPath, [programPath("endpoint.mjs"), JSON.stringify(where)]));
    await new Promise<unknown>((resolve, reject) => {
      endpoint.#waiting.set(0, resolve);
      void endpoint.#running.exited.then(() => reject(new Error(`endpoint ended: ${endpoint.#running.output}`)));
    });
    return endpoint;
  }

  datagram(bytes: Buffer, to: Target, times = 1): Promise<{ failed: number }> {
    return this.#ask("datagram", { base64: bytes.toString("base64"), ...to, times });
  }
  /** `stream` is 0 when it was refused. */
  connect(to: Target, from?: string): Promise<{ stream: number; port: number }> {
    return this.#ask("connect", { ...to, ...(from === undefined ? {} : { from }) });
  }
  write(stream: number, bytes: Buffer): Promise<{ isWritten: boolean }> {
    return this.#ask("write", { stream, base64: bytes.toString("base64") });
  }
  end(stream: number): Promise<unknown> {
    return this.#ask("end", { stream });
  }
  kept(): Promise<Kept> {
    return this.#ask("dump", {});
  }
  forget(): Promise<unknown> {
    return this.#ask("forget", {});
  }
  stop(): Promise<void> {
    return this.#running.stop("SIGKILL");
  }

  #ask<Result>(command: string, with_: unknown): Promise<Result> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Result>((resolve) => {
      this.#waiting.set(id, (result) => resolve(result as Result));
      this.#running.child.stdin?.write(`${JSON.stringify({ id, do: command, with: with_ })}\n`);
    });
  }
}

async function runAgent<Result>(space: Namespace, program: string, orders: unknown): Promise<Result> {
  const args = [programPath(program), JSON.stringify(orders)];
  const { stdout } = await space.run(process.execPath, args, { timeoutMs: ATTACK_WITHIN_MS });
  return JSON.parse(stdout) as Result;
}

function programPath(name: string): string {
  return fileURLToPath(new URL(`agent/${name}`, import.meta.url));
}
