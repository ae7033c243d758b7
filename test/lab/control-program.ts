/** The control server as a program of its own, called with a token as other programs call it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { privateRedisSocket } from "@sipprot/shared/boot-settings";
import { createTokensService } from "../../control/src/services/tokens.ts";
import type { TestRedis } from "../system/redis-server.ts";
import { Running } from "./namespace.ts";
import { until } from "./until.ts";

const program = fileURLToPath(new URL("../../control/dist/main.js", import.meta.url));
const LISTENS_WITHIN_MS = 60_000;
const ANSWERS_WITHIN_MS = 30_000;

export class ControlProgram {
  readonly #redis: TestRedis;
  readonly #stateFolder: string;
  readonly #port: number;
  readonly #token: string;
  #running: Running | undefined;

  private constructor(redis: TestRedis, stateFolder: string, port: number, token: string) {
    this.#redis = redis;
    this.#stateFolder = stateFolder;
    this.#port = port;
    this.#token = token;
  }

  /** Makes an operator's token and starts the server. */
  static async open(redis: TestRedis): Promise<ControlProgram> {
    const connection = await redis.open();
    const actor = { by: "test", nowMs: Date.now(), address: "127.0.0.1", session: undefined, tell: () => {} };
    const { secret } = await createTokensService(connection).create({ name: "test", role: "operator" }, actor);
    const stateFolder = await mkdtemp(join(tmpdir(), "sipprotsite-control-"));
    const control = new ControlProgram(redis, stateFolder, await findFreePort(), secret);
    await control.start();
    return control;
  }

  async start(): Promise<void> {
    const running = new Running(
      spawn(process.execPath, [program], {
        env: {
          ...process.env,
          SIPPROT_CONTROL: `127.0.0.1:${this.#port}`,
          SIPPROT_REDIS_URL: `unix://${privateRedisSocket(this.#redis.location.stateFolder)}`,
          SIPPROT_STATE: this.#stateFolder,
        },
      }),
    );
    this.#running = running;
    await until(
      () => {
        if (running.hasExited) throw new Error(`the control server ended: ${running.output.slice(-2000)}`);
        return running.output.includes("the control server listens");
      },
      LISTENS_WITHIN_MS,
      "the control server",
    );
  }

  async kill(): Promise<void> {
    await this.#running?.stop("SIGKILL");
  }

  async query<Output>(procedure: string, input: unknown): Promise<Output> {
    return this.#call(`${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {});
  }

  async change<Output>(procedure: string, input: unknown): Promise<Output> {
    return this.#call(procedure, { method: "POST", body: JSON.stringify(input) });
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#stateFolder, { recursive: true, force: true });
  }

  async #call<Output>(path: string, how: RequestInit): Promise<Output> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/api/trpc/${path}`, {
      ...how,
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const body = (await answer.json()) as { result?: { data: Output }; error?: { message: string } };
    if (body.result === undefined) throw new Error(`${path.split("?")[0]}: ${body.error?.message}`);
    return body.result.data;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
