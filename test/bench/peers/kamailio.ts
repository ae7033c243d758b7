/** Kamailio before a real Asterisk in the PBX's namespace: kamailio.cfg with the limits that Kamailio ships, UDP and TCP. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { relayPbxPort } from "../../lab/asterisk-configuration.ts";
import type { Namespace, Running } from "../../lab/namespace.ts";
import { relayAddress } from "../../lab/network.ts";
import { until } from "../../lab/until.ts";
import type { Means } from "../means.ts";

const configuration = fileURLToPath(new URL("kamailio.cfg", import.meta.url));
/** Half of the default: the machine has two processors. */
const CHILDREN = 4;
/** As shipped: more than 16 requests of a source in 2 seconds ban it for 300 seconds. */
const PIKE_DENSITY = 16;
const READY_WITHIN_MS = 10_000;

/** Starts it where the gate listens in relay mode, and waits until it listens. */
export async function startKamailioBefore(pbx: Namespace, means: Means, deniedCountry: string): Promise<Running> {
  const own = join(means.folder, "kamailio");
  await mkdir(own, { recursive: true });
  const words = [
    ...["-f", configuration, "-DD", "-E", "-n", String(CHILDREN), "-m", "256", "-M", "16", "-x", "fm", "-X", "fm"],
    ...["-w", own, "-Y", own, "-P", join(own, "pid")],
    ...["-l", `udp:${relayAddress}:5060`, "-l", `tcp:${relayAddress}:5060`],
    ...["-A", `PBX="sip:127.0.0.1:${relayPbxPort}"`, "-A", `COUNTRY_FILE="${means.countryFile}"`],
    ...["-A", `DENIED_COUNTRY="${deniedCountry}"`, "-A", `PIKE_DENSITY=${PIKE_DENSITY}`],
  ];
  const running = pbx.start("kamailio", words);
  await until(
    async () => {
      if (running.hasExited) throw new Error(`Kamailio ended: ${running.output.slice(-2000)}`);
      const { stdout } = await pbx.run("ss", ["-Hltun"]);
      return stdout.split(/\s+/).includes(`${relayAddress}:5060`);
    },
    READY_WITHIN_MS,
    "Kamailio",
  );
  return running;
}
