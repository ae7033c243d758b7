/** The proxy's main process: reads what it is to do, puts the gate together, runs it until told to stop. */
import { fileURLToPath } from "node:url";
import { SipprotError } from "@sipprot/shared/errors";
import type { Logger } from "pino";
import { listChanged, listListening, listProtected, readConfig } from "./config.ts";
import { Gate } from "./gate.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { NftablesKernel } from "./kernel/nftables-kernel.ts";
import { openLog } from "./log.ts";
import { locatePlaces } from "./places.ts";
import { RelayPlacement } from "./relay-placement.ts";
import { readSecret } from "./secret.ts";
import { loadSnapshot } from "./sync/snapshot.ts";
import { TransparentPlacement } from "./transparent-placement.ts";

const log = openLog("", false);

try {
  await run();
} catch (error) {
  const facts = error instanceof SipprotError ? { code: error.code, ...error.facts } : {};
  log.fatal(facts, (error as Error).message);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env);
  const { boot } = config;
  const gateLog = openLog(boot.hostName, config.isVerbose);
  const secret = readSecret(boot.stateFolder);
  let protect = boot.protect;
  const kernel = config.path === "transparent" ? openKernel(gateLog) : undefined;
  const gate = new Gate({
    config,
    log: gateLog,
    secret,
    loaded: await loadSnapshot(boot.stateFolder),
    workerProgram: fileURLToPath(new URL("./worker.js", import.meta.url)),
    placement:
      kernel === undefined
        ? new RelayPlacement(listListening(boot), boot.pbx, boot.innerPort)
        : new TransparentPlacement({
            kernel,
            listProtected: () => listProtected({ ...boot, protect }),
            locate: locatePlaces,
            hashSeed: secret.readUInt32BE(0),
          }),
    kernel,
  });
  const stop = (signal: string) => {
    gateLog.info({ signal }, "stopping");
    gate.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  const reload = async () => {
    const next = readConfig(process.argv.slice(2), process.env).boot;
    const forRestart = listChanged(boot, next).filter((name) => name !== "protect");
    if (forRestart.length > 0)
      gateLog.warn({ settings: forRestart }, "these boot settings are read at the next start only");
    protect = next.protect;
    await gate.reload(protect);
  };
  process.on("SIGHUP", () => {
    gateLog.info("reloading");
    reload().catch((error: Error) => gateLog.error({ why: error.message }, "the reload failed, nothing has changed"));
  });
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop(signal));
  // A mistake of ours in one part must not open or close the gate: it is logged, and the parts go on.
  process.on("uncaughtException", (error) => gateLog.error({ stack: error.stack }, "unexpected error"));
  process.on("unhandledRejection", (reason) => gateLog.error({ reason: String(reason) }, "unexpected rejection"));
  await gate.start();
  gateLog.info({ path: config.path, workers: config.workers, version: config.version }, "the gate stands");
  process.send?.("ready");
}

function openKernel(log: Logger): Kernel {
  return new NftablesKernel({ onTrouble: (error) => log.error({ why: String(error) }, "the steering was lost") });
}
