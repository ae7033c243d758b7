/** The control server: opens the store, makes the first administrator when there is nobody, serves until told to stop. */
import { once } from "node:events";
import { SipprotError } from "@sipprot/shared/errors";
import { findNamedFile } from "@sipprot/shared/installation";
import { openLastingConnection } from "@sipprot/shared/store/redis-connection";
import { readWebKey } from "@sipprot/shared/web-key";
import type { Redis } from "ioredis";
import { destination, pino } from "pino";
import { readConfig } from "./config.ts";
import { createControlServer } from "./http.ts";
import { assembleServices } from "./services/assemble.ts";
import { findGuardedNetworks } from "./services/caller.ts";
import { identify } from "./services/identify.ts";
import { PROBATION_TURN_MS, undoWhenOver } from "./services/provisional-settings.ts";
import { openReporting } from "./services/reporting.ts";
import { renewSecrets } from "./services/secret-renewal.ts";
import { readSecretSeal, type SecretSeal } from "./services/secret-seal.ts";
import { prepareStateFolder, prepareStore } from "./services/setup.ts";
import { processTimers, startTurns } from "./services/turns.ts";
import { createFirstAdministrator } from "./services/users.ts";
import { readUsers } from "./store/user-store.ts";
import { version } from "./version.ts";

/** Open calls may end in this time after the order to stop; streams are cut. */
const STOP_WITHIN_MS = 2000;

const log = pino({ name: "sipprot-control" }, destination({ dest: 1, sync: true }));

try {
  await run();
} catch (error) {
  const facts = error instanceof SipprotError ? { code: error.code, ...error.facts } : {};
  log.fatal(facts, (error as Error).message);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = readConfig(findNamedFile(process.argv));
  prepareStateFolder(config.boot.stateFolder);
  const seal = readSecretSeal(config.boot);
  const redis = openLastingConnection(config.boot, (error) => log.warn({ why: error.message }, "the store is away"));
  // Not once(): that gives up at the first error, and the store may start after us.
  if (redis.status !== "ready") await new Promise<void>((resolve) => redis.once("ready", () => resolve()));
  await prepareStore(redis);
  await sealSecrets(redis, seal, config.boot.redisUrl === undefined);
  await showFirstAdministrator(redis);

  const nowMs = () => Date.now();
  const guarded = findGuardedNetworks(config.boot, {});
  const reporting = openReporting(redis, seal, config.boot.hostName, guarded, nowMs);
  const services = assembleServices(redis, config, nowMs, reporting);
  await services.lists.prepare();
  const server = createControlServer({
    services,
    identify: (proof, atMs) => identify(redis, proof, atMs),
    webKey: readWebKey(config.boot.stateFolder),
    nowMs,
    onTrouble: (error, facts) => log.error({ ...facts, err: error }, "unexpected error"),
  });
  const { address, port } = config.boot.control;
  server.listen(port, address);
  await once(server, "listening");
  log.info({ address, port, version }, "the control server listens");
  process.send?.("ready");
  const onTurnTrouble = (error: unknown) => log.warn({ why: String(error) }, "a turn failed");
  const endTurns = reporting.start(processTimers, onTurnTrouble);
  const probation = startTurns(() => undoWhenOver(redis, nowMs()), PROBATION_TURN_MS, processTimers, onTurnTrouble);

  process.on("unhandledRejection", (reason) => log.error({ reason: String(reason) }, "unexpected rejection"));
  const stop = (signal: string) => {
    log.info({ signal }, "stopping");
    server.close(() => void Promise.all([endTurns(), probation.stop()]).finally(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop(signal));
}

/** A private store forgets what was in clear: its append-only file would keep it. */
async function sealSecrets(redis: Redis, seal: SecretSeal, isPrivate: boolean): Promise<void> {
  const { renewed, unreadable } = await renewSecrets(redis, seal);
  for (const why of unreadable) log.warn({ remedy: "see docs/install.md, Keys" }, why);
  if (renewed === 0) return;
  log.info({ renewed }, "secrets in the store are sealed anew");
  if (isPrivate) await redis.bgrewriteaof();
}

/** The one-time password goes to a terminal and nowhere else: what is not a terminal here is a log file. */
async function showFirstAdministrator(redis: Redis): Promise<void> {
  if (!process.stdout.isTTY) {
    if ((await readUsers(redis)).length > 0) return;
    log.warn("there is no account yet: run npm start, or sipprot user add NAME --role administrator, in a terminal");
    return;
  }
  const first = await createFirstAdministrator(redis, Date.now());
  if (first === undefined) return;
  process.stdout.write(
    `Sign in as ${first.name} with the one-time password ${first.password} — it is shown only now.\n`,
  );
}
