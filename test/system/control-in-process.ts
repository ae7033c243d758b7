/** A control server of the test's own, on a real Redis and a port of its own, spoken to over HTTP. The test sets its clock. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Redis } from "ioredis";
import { readConfig } from "../../control/src/config.ts";
import { createControlServer } from "../../control/src/http.ts";
import { assembleServices } from "../../control/src/services/assemble.ts";
import { identify } from "../../control/src/services/identify.ts";
import { createFirstAdministrator } from "../../control/src/services/users.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

/** What this server believes a web server by. */
export const WEB_KEY = "77".repeat(32);
/** What the first administrator changes the one-time password to. */
export const PASSWORD = "four words apart: tea, moss, anvil";

export interface Answer {
  readonly status: number;
  /** Our code of the error, if it is one. */
  readonly code: string | undefined;
  readonly data: ReturnType<typeof JSON.parse>;
  readonly cookie: string | undefined;
  readonly setCookie: string | null;
  readonly text: string;
}

/** The header of the web server for a caller at that address. */
export function from(address: string): Record<string, string> {
  return { "x-sipprot-web": WEB_KEY, "x-forwarded-for": address };
}

export class TestControl {
  readonly #store: TestRedis;
  #server: Server | undefined;
  redis: Redis;
  nowMs = Date.now();
  /** What the server complained of. */
  readonly troubles: unknown[] = [];

  constructor(store: TestRedis, redis: Redis) {
    this.#store = store;
    this.redis = redis;
  }

  get port(): number {
    const address = this.#server?.address() as AddressInfo | null | undefined;
    if (address == null) throw new Error("the server does not run: call reset first");
    return address.port;
  }
  get stateFolder(): string {
    return this.#store.location.stateFolder;
  }
  get config() {
    return readConfig(undefined, { SIPPROT_STATE: this.stateFolder });
  }

  /** An empty store, the clock of the machine, a server that knows of nothing. */
  async reset(): Promise<void> {
    await this.redis.flushall();
    this.troubles.length = 0;
    this.nowMs = Date.now();
    await this.restart();
  }

  async restart(): Promise<void> {
    this.#stop();
    const server = createControlServer({
      services: assembleServices(this.redis, this.config, () => this.nowMs),
      identify: (proof, atMs) => identify(this.redis, proof, atMs),
      webKey: WEB_KEY,
      nowMs: () => this.nowMs,
      onTrouble: (error) => this.troubles.push(error),
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#store.close();
  }

  async send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, init);
    const text = await response.text();
    const body = text.startsWith("{") ? JSON.parse(text) : {};
    const setCookie = response.headers.get("set-cookie");
    return {
      status: response.status,
      code: body.error?.data?.code,
      data: body.result?.data,
      cookie: setCookie?.split(";")[0],
      setCookie,
      text,
    };
  }

  mutate(procedure: string, input: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(`/api/trpc/${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-sipprot-client": "test", ...headers },
      body: JSON.stringify(input),
    });
  }

  query(procedure: string, headers: Record<string, string> = {}, input?: unknown): Promise<Answer> {
    const given = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.send(`/api/trpc/${procedure}${given}`, { headers });
  }

  /** The first administrator, signed in with a password of their own. Returns the Cookie header. */
  async signInAsAdministrator(): Promise<{ cookie: string }> {
    const first = await createFirstAdministrator(this.redis, this.nowMs);
    const given = { name: first?.name, password: first?.password };
    const { cookie = "" } = await this.mutate("auth.signIn", given);
    const change = { password: given.password, newPassword: PASSWORD };
    const changed = await this.mutate("auth.changePassword", change, { cookie });
    return { cookie: changed.cookie ?? "" };
  }

  /** The Authorization header of a new token of that role. */
  async makeToken(role: string): Promise<{ authorization: string }> {
    const administrator = await this.signInAsAdministrator();
    const { data } = await this.mutate("tokens.create", { name: "program", role }, administrator);
    return { authorization: `Bearer ${data.secret}` };
  }

  #stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}

/** Starts Redis; the server itself starts with `reset`. */
export async function startControl(): Promise<TestControl> {
  const store = await startTestRedis("control");
  return new TestControl(store, await store.open());
}
