/**
 * The whole product for one test file: Redis, a PBX, the gate, the control server and the web server, on free ports in
 * a folder of its own, and a browser before it. Traffic sent to `sip` is real; what the pages show must come from it.
 */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { connect } from "node:net";
import { promisify } from "node:util";
import type { Role } from "@sipprot/shared/role";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { readWebKey } from "@sipprot/shared/web-key";
import type { Redis } from "ioredis";
import { inject } from "vitest";
import { createSipprotClient, type SipprotClient } from "../../control/src/client/index.ts";
import { createTokensService } from "../../control/src/services/tokens.ts";
import { createFirstAdministrator } from "../../control/src/services/users.ts";
import { startTestRedis, type TestRedis } from "../system/redis-server.ts";
import { type BrowserDesk, openBrowser } from "./browser.ts";
import { makePbx } from "./pbx.ts";
import { checkout, findFreePorts, Program } from "./program.ts";

/** The password every account has after `signIn`. */
export const PASSWORD = "four words apart: tea, moss, anvil";

const SESSION_COOKIE = "__Host-sipprot";

export interface StackOptions {
  /** Redis and gate that run already, in the laboratory: only control, web and browser are added. */
  readonly behind?: { readonly stateFolder: string };
  /** The browser is on another machine, so that the pages see a stranger's address. */
  readonly isFarAway?: boolean;
  /** More or other boot settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Stack {
  /** Such as `https://127.0.0.1:8443`. */
  readonly origin: string;
  /** Address of the browser, as the pages see it. */
  readonly browserAddress: string;
  readonly stateFolder: string;
  /** Port of the gate for SIP over UDP and TCP, on 127.0.0.1; 0 in the laboratory. */
  readonly sipPort: number;
  readonly pbxPort: number;
  readonly controlPort: number;
  /** The account that was made at the start, with its one-time password. */
  readonly first: { readonly name: string; readonly password: string };
  readonly redis: Redis;
  /** Undefined in the laboratory. */
  readonly store: TestRedis | undefined;
  readonly pbx: Program | undefined;
  readonly proxy: Program | undefined;
  readonly control: Program;
  readonly web: Program;
  readonly browser: BrowserDesk;
  /** The procedures, called by a program with an administrator's token. */
  readonly api: SipprotClient;
  /** The command line; returns what it printed, throws when it fails. */
  readonly sipprot: (...args: string[]) => Promise<string>;
  /**
   * Signs the first administrator in with {@link PASSWORD}, the first run behind them, or another account with its
   * one-time password; returns the session cookie's value.
   */
  readonly signIn: (account?: { readonly name: string; readonly password: string }) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts everything and waits until it answers. */
export async function startStack(
  name: string,
  { behind, isFarAway = false, env = {} }: StackOptions = {},
): Promise<Stack> {
  const closers: Array<() => Promise<void>> = [];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const [sipPort = 0, pbxPort = 0, innerPort = 0, controlPort = 0, webPort = 0, healthPort = 0] =
      await findFreePorts(6);
    const store = behind === undefined ? await startTestRedis(`e2e-${name}`) : undefined;
    if (store !== undefined) closers.push(() => store.close());
    const location = store?.location ?? { redisUrl: undefined, stateFolder: behind?.stateFolder ?? "" };
    const { stateFolder } = location;
    // Started by whoever asks for the programs' state; it would outlive the test.
    closers.push(() => endProcessManager(stateFolder));
    const far = isFarAway ? inject("farAway") : undefined;
    const webAddress = far?.hostAddress ?? "127.0.0.1";
    const settings = {
      SIPPROT_STATE: stateFolder,
      SIPPROT_MODE: "relay",
      SIPPROT_LISTEN: `127.0.0.1:${sipPort}`,
      SIPPROT_PBX: `127.0.0.1:${pbxPort}`,
      SIPPROT_INNER_PORT: String(innerPort),
      SIPPROT_CONTROL: `127.0.0.1:${controlPort}`,
      SIPPROT_WEB: `${webAddress}:${webPort}`,
      SIPPROT_HEALTH: `127.0.0.1:${healthPort}`,
      SIPPROT_HOST: "gate",
      ...env,
    };
    mkdirSync(`${stateFolder}/logs`, { recursive: true });
    readWebKey(stateFolder);
    const origin = `https://${webAddress}:${webPort}`;
    const make = (program: string, script: string, isReady: () => Promise<boolean>) => {
      const made = new Program({
        name: program,
        command: process.execPath,
        args: [`${checkout}/${script}`],
        env: { NODE_ENV: "production", ...settings },
        logFile: `${stateFolder}/logs/sipprot-${program}.log`,
        isReady,
      });
      closers.push(() => made.stop());
      return made;
    };
    const pbx = store === undefined ? undefined : await makePbx(stateFolder, pbxPort);
    if (pbx !== undefined) closers.push(() => pbx.stop());
    const isWell = async () =>
      (await fetch(`http://127.0.0.1:${healthPort}/health`).catch(() => undefined))?.ok === true;
    const proxy = store === undefined ? undefined : make("proxy", "proxy/dist/main.js", isWell);
    const control = make("control", "control/dist/main.js", () => isListening(controlPort));
    const web = make("web", "web/dist/server/main.js", async () => (await ask(`${origin}/health`)).status === 200);
    await pbx?.start();
    await Promise.all([proxy?.start(), control.start(), web.start()]);

    const { redis, closeRedis } = await openRedis(store, stateFolder);
    closers.push(closeRedis);
    const first = await createFirstAdministrator(redis, Date.now());
    if (first === undefined) throw new Error("there are accounts already");
    const actor = { by: "user:test", nowMs: Date.now(), address: "127.0.0.1", tell: () => {} };
    const token = await createTokensService(redis).create({ name: "test", role: "administrator" }, actor);
    const browser = await openBrowser(origin, far?.browserCommand);
    closers.push(() => browser.close());
    return {
      origin,
      browserAddress: far?.address ?? "127.0.0.1",
      stateFolder,
      sipPort: store === undefined ? 0 : sipPort,
      pbxPort,
      controlPort,
      first,
      redis,
      store,
      pbx,
      proxy,
      control,
      web,
      browser,
      api: createSipprotClient({ url: `http://127.0.0.1:${controlPort}`, token: token.secret }),
      sipprot: (...args) => runCommand(args, settings),
      signIn: (account = first) => signIn(origin, account),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function endProcessManager(stateFolder: string): Promise<void> {
  const pid = Number(await readFile(`${stateFolder}/pm2/pm2.pid`, "utf8").catch(() => ""));
  if (pid > 0) process.kill(pid, "SIGKILL");
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** Asks the web server without a browser, whatever its certificate; status 0 when it does not answer. */
export function ask(
  url: string,
  init: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const { method = "GET", headers = {} } = init;
    const asked = request(url, { method, headers, rejectUnauthorized: false, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("error", () => resolve({ status: 0, body: "", headers: {} }));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString(), headers: answer.headers }),
      );
    });
    asked.on("error", () => resolve({ status: 0, body: "", headers: {} }));
    asked.end(init.body);
  });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

async function openRedis(store: TestRedis | undefined, stateFolder: string) {
  if (store !== undefined) return { redis: await store.open(), closeRedis: async () => {} };
  const redis = await openBriefConnection({ redisUrl: undefined, stateFolder });
  return { redis, closeRedis: async () => redis.disconnect() };
}

async function runCommand(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<string> {
  const program = [`${checkout}/control/dist/cli/main.js`, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, { env: { ...process.env, ...settings } });
  return stdout;
}

/** Calls a mutation as a browser does, through the web server; `session` is the cookie's value. */
function mutateAs(origin: string, procedure: string, input: unknown, session = ""): Promise<Answer> {
  const cookie = session === "" ? "" : `${SESSION_COOKIE}=${session}`;
  return ask(`${origin}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, cookie },
    body: JSON.stringify(input),
  });
}

/** The one-time password is changed, and the first run finished. */
async function signIn(origin: string, first: { readonly name: string; readonly password: string }): Promise<string> {
  const finished = async (session: string) => {
    await mutateAs(origin, "setup.end", { end: "finished" }, session);
    return session;
  };
  const again = await mutateAs(origin, "auth.signIn", { name: first.name, password: PASSWORD });
  if (again.status === 200) return finished(readSession(again));
  return finished(await signInOnce(origin, first));
}

/** Signs in with a one-time password and puts {@link PASSWORD} in its place; returns the session. */
async function signInOnce(
  origin: string,
  given: { readonly name: string; readonly password: string },
): Promise<string> {
  const once = readSession(await mutateAs(origin, "auth.signIn", given));
  const change = { password: given.password, newPassword: PASSWORD };
  return readSession(await mutateAs(origin, "auth.changePassword", change, once));
}

/** Adds an account and signs it in; its password is {@link PASSWORD}. */
export async function signInAs({ api, origin }: Stack, name: string, role: Role): Promise<string> {
  const { password } = await api.users.add.mutate({ name, role });
  return signInOnce(origin, { name, password });
}

function readSession(answer: Answer): string {
  const cookie = [answer.headers["set-cookie"] ?? []].flat()[0] ?? "";
  const value = new RegExp(`^${SESSION_COOKIE}=([^;]+)`).exec(cookie)?.[1];
  if (value === undefined) throw new Error(`no session: ${answer.status} ${answer.body.slice(0, 500)}`);
  return value;
}
