/** The laboratory with the pages before it, attacked for real: who came from where, and how often, is known to the message. */
import { Endpoint, guess } from "../lab/attacks.ts";
import { addressesOf } from "../lab/country-addresses.ts";
import { pbxAddress, phoneAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { until } from "../lab/until.ts";
import { writeOptions } from "./sip-options.ts";
import { type Stack, startStack } from "./stack.ts";

/** Countries that scan, each with how many messages it sends. Singapore is too small for the map's scale. */
export const scans = { RU: 60, FR: 40, SG: 25, BR: 12, DE: 5 } as const;
export type ScanningCountry = keyof typeof scans;
export const SCANNER_AGENT = "friendly-scanner";

/** Where the guesser sits who is blocked; the network is one for documentation, of no country. */
export const GUESSER = "192.0.2.77";
const COUNTED_WITHIN_MS = 15_000;
/** What a source may send before it is a flood is more than any of this. */
const PAUSE_MS = 15;

export interface AttackedLab {
  readonly lab: ProtectedLab;
  readonly stack: Stack;
  /** The scanning address of each country. */
  readonly addresses: Readonly<Record<ScanningCountry, string>>;
  /** Sends this many more messages from a country's address. */
  readonly scan: (country: ScanningCountry, count: number) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Starts everything and lets the attackers come; resolves when their messages are counted. */
export async function startAttackedLab(name: string): Promise<AttackedLab> {
  const lab = await startProtectedLab({ mode: "transparent" });
  try {
    const stack = await startStack(name, {
      behind: { stateFolder: lab.gate.stateFolder },
      env: { SIPPROT_MODE: "transparent", SIPPROT_HOST: "lab", SIPPROT_REDIS_URL: lab.gate.redis.url },
    });
    const countries = Object.keys(scans) as ScanningCountry[];
    const found = await addressesOf(...countries);
    const addresses = Object.fromEntries(
      countries.map((country, index) => [country, found[index] ?? ""]),
    ) as AttackedLab["addresses"];
    const scan: AttackedLab["scan"] = async (country, count) => {
      const scanner = await Endpoint.open(lab.network.attackers, {
        address: addresses[country],
        port: 5070,
        listens: false,
      });
      for (let sent = 0; sent < count; sent += 1) {
        await scanner.datagram(writeOptions(addresses[country], pbxAddress, SCANNER_AGENT), {
          address: pbxAddress,
          port: 5060,
        });
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      await scanner.stop();
    };
    const remove = async () => {
      await stack.close();
      await lab.remove();
    };
    for (const country of countries) await lab.network.addAttacker(addresses[country]);
    await passMessages(lab);
    await Promise.all(countries.map((country) => scan(country, scans[country])));
    await guess(lab.network.attackers, {
      address: GUESSER,
      users: ["1001"],
      guesses: 40,
      way: "port",
      lines: 1,
      perSecond: 20,
    });
    const isCounted = async () => {
      const toMs = Date.now();
      const { now, countries: counted } = await stack.api.stats.window.query({ fromMs: toMs - 900_000, toMs });
      const scanned = counted.filter((country) => country.name !== "").reduce((sum, { refused }) => sum + refused, 0);
      const sent = Object.values(scans).reduce((sum, count) => sum + count, 0);
      return scanned >= sent && (now.passed ?? 0) > 0 && now.blocksBegun > 0;
    };
    await until(isCounted, COUNTED_WITHIN_MS, "the attacks counted");
    return { lab, stack, addresses, scan, remove };
  } catch (error) {
    await lab.remove();
    throw error;
  }
}

/** A telephone that looks whether the PBX is there, as many do. */
async function passMessages({ network }: ProtectedLab): Promise<void> {
  const phone = await Endpoint.open(network.phones, { address: phoneAddress, port: 5062, listens: false });
  for (let sent = 0; sent < 30; sent += 1) {
    await phone.datagram(writeOptions(phoneAddress, pbxAddress, "Yealink SIP-T46U 108.86.0.20"), {
      address: pbxAddress,
      port: 5060,
    });
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await phone.stop();
}
