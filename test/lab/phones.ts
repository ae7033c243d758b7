/** Phones in a namespace: a program there holds them, this side gives the commands. */
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { passwordOf } from "./asterisk-configuration.ts";
import type { Namespace, Running } from "./namespace.ts";
import { pbxAddress } from "./network.ts";

const agentProgram = fileURLToPath(new URL("agent/main.mjs", import.meta.url));

export interface PhoneOptions {
  readonly user: string;
  readonly address: string;
  readonly password?: string;
  readonly port?: number;
  readonly transport?: "udp" | "tcp";
  readonly server?: { readonly address: string; readonly port: number };
  readonly agent?: string;
  readonly timeoutMs?: number;
  /** False: calls to it are refused as busy. */
  readonly answers?: boolean;
  readonly keepsMessages?: boolean;
}

export interface SignedResult {
  /** Of the last answer; 0 when there was none. */
  readonly status: number;
  /** Of all answers on the way. */
  readonly statuses: readonly number[];
  readonly staleCount: number;
  readonly elapsedMs: number;
}
export interface RegisterResult extends SignedResult {
  readonly contacts: readonly string[];
}
export interface CallResult extends SignedResult {
  readonly callId: string;
  readonly provisional: readonly number[];
}
export interface PhoneState {
  readonly counts: {
    readonly sent: number;
    readonly received: number;
    readonly connects: number;
    readonly resets: number;
  };
  readonly retransmissions: number;
  /** Requests that came from the PBX, by method. */
  readonly requests: { readonly [method in "INVITE" | "ACK" | "BYE" | "OPTIONS" | "NOTIFY"]?: number };
  readonly incoming: readonly { readonly state: string; readonly endedBy: string; readonly received: number }[];
  readonly calls: readonly { readonly callId: string; readonly state: string }[];
  readonly sentMessages: readonly string[];
}
export interface RegisterHow {
  readonly expires?: number;
  readonly password?: string;
  readonly usesCachedNonce?: boolean;
  /** Only the first request, without credentials. */
  readonly isUnsigned?: boolean;
}

/** One phone. */
export interface Phone {
  readonly name: string;
  readonly port: number;
  register(how?: RegisterHow): Promise<RegisterResult>;
  ping(): Promise<{ status: number }>;
  subscribe(target: string, event?: string): Promise<SignedResult>;
  call(target: string): Promise<CallResult>;
  callAndCancel(target: string, afterMs: number): Promise<{ cancel: { status: number }; placed: CallResult }>;
  talk(callId: string, packets: number): Promise<{ sent: number; received: number }>;
  hangUp(callId: string): Promise<{ status: number; elapsedMs: number }>;
  /** Sends bytes as they are. */
  send(bytes: Buffer): Promise<void>;
  state(): Promise<PhoneState>;
  close(): Promise<void>;
}

/** All phones of one namespace. */
export class PhoneRoom {
  readonly #running: Running;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #lastId = 0;

  constructor(space: Namespace) {
    this.#running = space.start(process.execPath, [agentProgram]);
    const { stdout, stdin } = this.#running.child;
    if (stdout) createInterface({ input: stdout }).on("line", (line) => this.#take(line));
    stdin?.on("error", () => {});
    void this.#running.exited.then((code) => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`the phones' program ended with ${code}: ${this.#running.output.slice(-2000)}`));
      }
    });
  }

  /** Switches a phone on. Its name is the account with the address unless told otherwise. */
  async phone(options: PhoneOptions, name = `${options.user}@${options.address}:${options.port ?? 0}`): Promise<Phone> {
    const { port } = await this.#ask<{ port: number }>("open", name, withDefaults(options));
    return {
      name,
      port,
      register: (how = {}) => this.#ask("register", name, how),
      ping: () => this.#ask("ping", name),
      subscribe: (target, event = "dialog") => this.#ask("subscribe", name, { target, event }),
      call: (target) => this.#ask("call", name, { target }),
      callAndCancel: (target, afterMs) => this.#ask("callAndCancel", name, { target, afterMs }),
      talk: (callId, packets) => this.#ask("talk", name, { callId, packets }),
      hangUp: (callId) => this.#ask("hangUp", name, { callId }),
      send: (bytes) => this.#ask("send", name, { base64: bytes.toString("base64") }),
      state: () => this.#ask("state", name),
      close: () => this.#ask("close", name),
    };
  }

  /** Switches many phones on; their names are the given ones. */
  async openAll(phones: readonly { name: string; options: PhoneOptions }[]): Promise<void> {
    await this.#ask("each", "", {
      do: "open",
      phones: phones.map(({ name }) => name),
      withEach: phones.map(({ options }) => withDefaults(options)),
    });
  }

  /** Many phones register at the same moment. */
  registerAll(names: readonly string[], how: RegisterHow = {}): Promise<RegisterResult[]> {
    return this.#ask("each", "", { do: "register", phones: names, with: how });
  }

  /** Many phones call the same extension at the same moment. */
  callAll(names: readonly string[], target: string): Promise<CallResult[]> {
    return this.#ask("each", "", { do: "call", phones: names, with: { target } });
  }

  /** Ends a call of a phone told by its name. */
  hangUpNamed(name: string, callId: string): Promise<{ status: number; elapsedMs: number }> {
    return this.#ask("hangUp", name, { callId });
  }

  /** Switches off a phone told by its name. */
  async closeNamed(name: string): Promise<void> {
    await this.#ask("close", name);
  }

  async stop(): Promise<void> {
    await this.#running.stop();
  }

  #ask<Result>(command: string, phone: string, with_: unknown = {}): Promise<Result> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
      this.#running.child.stdin?.write(`${JSON.stringify({ id, do: command, phone, with: with_ })}\n`);
    });
  }

  #take(line: string): void {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }
}

function withDefaults(options: PhoneOptions) {
  return { password: passwordOf(options.user), server: { address: pbxAddress, port: 5060 }, ...options };
}
