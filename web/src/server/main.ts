/** The web server: reads the boot settings, makes or reads the certificate, serves the pages until told to stop. */
import { fileURLToPath } from "node:url";
import { SipprotError } from "@sipprot/shared/errors";
import { findNamedFile, readInstallation } from "@sipprot/shared/installation";
import { readWebKey } from "@sipprot/shared/web-key";
import { destination, pino } from "pino";
import { BrandingDesk } from "./ask-branding.ts";
import { askVisitor } from "./ask-visitor.ts";
import { CertificateKeeper } from "./certificate-keeper.ts";
import { createFront } from "./front.ts";
import { createListener } from "./listener.ts";
import { listOwnNames } from "./own-names.ts";
import { openPages } from "./pages.ts";
import { readStaticFiles } from "./static-files.ts";

/** Both `web/src/server` and `web/dist/server` are two below it. */
const webFolder = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
/** How often the certificate's files are looked at. */
const LOOK_AT_CERTIFICATE_MS = 60_000;

const log = pino({ name: "sipprot-web" }, destination({ dest: 1, sync: true }));

try {
  await run();
} catch (error) {
  const facts = error instanceof SipprotError ? { code: error.code, ...error.facts } : {};
  log.fatal(facts, (error as Error).message);
  process.exit(1);
}

async function run(): Promise<void> {
  // What is made here, keys and the socket of the pages, is for its owner only.
  process.umask(0o077);
  const { boot } = readInstallation(`${webFolder}/..`, findNamedFile(process.argv), process.env);
  const webKey = readWebKey(boot.stateFolder);
  const keeper = new CertificateKeeper({
    stateFolder: boot.stateFolder,
    certFile: boot.tlsCertFile,
    keyFile: boot.tlsKeyFile,
    names: listOwnNames,
    nowMs: Date.now,
    onTrouble: (error) => log.error({ code: error.code, ...error.facts }, error.message),
  });
  let served = await keeper.refresh();
  const { address, port } = boot.control;
  const controlUrl = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  const pages = await openPages(webFolder, `${boot.stateFolder}/web.sock`);
  const front = createFront({
    control: { host: address, port },
    pages: { socketPath: pages.socketPath },
    askVisitor: (headers) => askVisitor(controlUrl, headers),
    branding: new BrandingDesk(controlUrl),
    webKey,
    staticFiles: readStaticFiles(`${webFolder}/.next/static`),
    isCertificateTrusted: () => served.isOperators,
    onTrouble: (error, facts) => log.warn({ ...facts, why: error.message }, "a server of ours is away"),
  });
  const listener = createListener(served, front);
  await listener.listen(boot.web);
  log.info({ ...boot.web, isOwnCertificate: !served.isOperators }, "the web server listens");
  process.send?.("ready");

  const look = setInterval(() => {
    keeper.refresh().then(
      (pair) => {
        if (pair.certificate === served.certificate && pair.key === served.key) return;
        served = pair;
        listener.setCertificate(pair);
        log.info({ isOwnCertificate: !pair.isOperators }, "another certificate is served");
      },
      (error: unknown) => log.error({ why: String(error) }, "the certificate could not be looked at"),
    );
  }, LOOK_AT_CERTIFICATE_MS);

  process.on("unhandledRejection", (reason) => log.error({ reason: String(reason) }, "unexpected rejection"));
  const stop = (signal: string) => {
    log.info({ signal }, "stopping");
    clearInterval(look);
    void listener.stop().then(() => {
      pages.stop();
      process.exit(0);
    });
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop(signal));
}
