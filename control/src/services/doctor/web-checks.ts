/** Doctor: do the pages answer, and for how long is their certificate good. */
import { request } from "node:https";
import type { TLSSocket } from "node:tls";
import type { BootSettings, HostPort } from "@sipprot/shared/boot-settings";
import { type Diagnosis, ok, warning } from "./diagnosis.ts";
import { localPlace } from "./local-place.ts";

const ANSWER_WITHIN_MS = 3000;
const DAY_MS = 86_400_000;
/** An operator who renews by hand needs two weeks. */
const SCARCE_DAYS = 14;

/** What the web server showed of itself. */
export interface WebAnswer {
  readonly status: number;
  readonly certificateEndsAtMs: number;
  /** True for one that nobody but itself vouches for: our own, as a rule. */
  readonly isSelfSigned: boolean;
}

/** Asks the web server of this host. */
export async function checkWeb(boot: BootSettings): Promise<Diagnosis[]> {
  return judgeWeb(boot, await askWeb(boot.web), Date.now());
}

/** `answer` is undefined when nothing of ours answered. */
export function judgeWeb(boot: BootSettings, answer: WebAnswer | undefined, nowMs: number): Diagnosis[] {
  const place = `${boot.web.address} port ${boot.web.port}`;
  if (answer?.status !== 200) {
    const log = `${boot.stateFolder}/logs/sipprot-web.log`;
    return [warning("pages", `the web server does not answer on ${place}`, `npm start, and look into ${log}`)];
  }
  return [ok("pages", `answer on ${place}`), judgeCertificate(boot, answer, nowMs)];
}

function judgeCertificate(boot: BootSettings, answer: WebAnswer, nowMs: number): Diagnosis {
  const name = "certificate";
  const daysLeft = Math.floor((answer.certificateEndsAtMs - nowMs) / DAY_MS);
  const isOperators = boot.tlsCertFile !== undefined || boot.tlsKeyFile !== undefined;
  if (isOperators && answer.isSelfSigned) {
    const log = `${boot.stateFolder}/logs/sipprot-web.log`;
    return warning(
      name,
      "a certificate that signs for itself is served, perhaps because the one of SIPPROT_TLS_CERT cannot be used",
      `look into ${log} for bad-key-file, and mend the files of SIPPROT_TLS_CERT and SIPPROT_TLS_KEY`,
    );
  }
  if (isOperators && daysLeft < SCARCE_DAYS) {
    return warning(name, `good for ${daysLeft} more days`, "put a new one there; it is read within a minute");
  }
  return ok(name, `${isOperators ? "the operator's" : "made here, renewed by itself"}, good for ${daysLeft} more days`);
}

function askWeb(web: HostPort): Promise<WebAnswer | undefined> {
  const { address: host, port } = localPlace(web);
  return new Promise((resolve) => {
    // Whoever made the certificate: this is about whether it answers.
    const options = { host, port, path: "/health", rejectUnauthorized: false, timeout: ANSWER_WITHIN_MS, agent: false };
    const asked = request(options, (answer) => {
      const certificate = (answer.socket as TLSSocket).getPeerX509Certificate();
      answer.resume();
      resolve({
        status: answer.statusCode ?? 0,
        certificateEndsAtMs: Date.parse(certificate?.validTo ?? ""),
        isSelfSigned: certificate?.issuer === certificate?.subject,
      });
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(undefined));
    asked.end();
  });
}
