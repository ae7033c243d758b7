/**
 * Registrations and calls that succeed while a real Asterisk is flooded: unprotected, with fail2ban, behind Kamailio, with
 * sipprot. Known phones registered before the flood; new ones come for the first time while it lasts.
 */
import { officeAccounts } from "../lab/asterisk-configuration.ts";
import { startGate } from "../lab/gate.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { pbxAddress, relayAddress } from "../lab/network.ts";
import type { RegisterResult } from "../lab/phones.ts";
import { pause } from "../lab/until.ts";
import { deniedCountry, type Flood, floods } from "./flood-kinds.ts";
import type { Means, Protection } from "./means.ts";
import { startFail2ban } from "./peers/fail2ban.ts";
import { startKamailioBefore } from "./peers/kamailio.ts";

const FLOOD_SECONDS = 6;
const KNOWN = 20;
const NEW_A_SECOND = 4;
const CALLERS = 3;
/** The flood has begun to work by then. */
const LEAD_MS = 1_000;
/** A phone whose registration takes longer counts as lost; it has sent it again three times by then. */
const LOST_AFTER_MS = 4_000;
/** How long a PBX may take to get over a flood before the next one. */
const RECOVER_WITHIN_MS = 6_000;
const firstKnown = 10;

interface Outcome {
  readonly tried: number;
  readonly succeeded: number;
  readonly p50: number;
  readonly p99: number;
}
interface Row {
  readonly protection: string;
  readonly flood: string;
  readonly known: Outcome;
  readonly fresh: Outcome;
  readonly calls: Outcome;
}

/** Each flood against each protection. */
export async function measure(means: Means): Promise<{ rows: Row[]; seconds: number }> {
  const seconds = means.seconds ?? FLOOD_SECONDS;
  const rows: Row[] = [];
  const open = await startLab("open");
  const removeOpen = means.onEnd(() => open.remove());
  for (const protection of openProtections(open, means)) await measureOne(open, protection, pbxAddress);
  await removeOpen();
  if (means.hasKamailio && (means.only?.includes("Kamailio") ?? true)) {
    const behind = await startLab("behind-relay");
    means.onEnd(() => behind.remove());
    const start = async () => {
      const kamailio = await startKamailioBefore(behind.network.pbx, means, deniedCountry);
      return () => kamailio.stop();
    };
    await measureOne(behind, { name: "Kamailio", start }, relayAddress);
  }
  return { rows, seconds };

  async function measureOne(lab: Lab, { name, start }: Protection, server: string): Promise<void> {
    const stop = means.onEnd(await start());
    const office = new Office(lab, { address: server, port: 5060 });
    await office.openKnown();
    for (const flood of [undefined, ...floods]) {
      const row = await office.during(flood, means, seconds);
      rows.push({ protection: name, ...row });
      console.log(JSON.stringify(rows.at(-1)));
      await office.recover();
    }
    await office.close();
    await stop();
  }
}

/** The phones of one protection's turn. */
class Office {
  readonly #lab: Lab;
  readonly #server: { readonly address: string; readonly port: number };
  readonly #known: string[] = [];
  readonly #callers: string[] = [];
  #newCount = 0;

  constructor(lab: Lab, server: { address: string; port: number }) {
    this.#lab = lab;
    this.#server = server;
  }

  async openKnown(): Promise<void> {
    const phones = Array.from({ length: KNOWN + CALLERS }, (_, index) => this.#phone(index, firstKnown + index));
    await this.#lab.phones.openAll(phones);
    const names = phones.map(({ name }) => name);
    await this.#lab.phones.registerAll(names);
    this.#known.push(...names.slice(CALLERS));
    this.#callers.push(...names.slice(0, CALLERS));
  }

  /** Registers and calls, second after second, while a flood lasts. */
  async during(flood: Flood | undefined, means: Means, seconds: number): Promise<Omit<Row, "protection">> {
    const end = await flood?.begin(this.#lab.network.attackers, means, this.#server, seconds);
    await pause(LEAD_MS);
    const known: Promise<RegisterResult[]>[] = [];
    const fresh: Promise<RegisterResult[]>[] = [];
    const calls: Promise<Attempt[]>[] = [];
    for (let second = 0; second < seconds - 2; second += 1) {
      const endMs = performance.now() + 1000;
      fresh.push(this.#registerNew());
      // Not more than a phone in use does: Kamailio's limit for one source would take it for an attack.
      if (second % 2 === 0) calls.push(this.#callAndHangUp());
      for (const [index, name] of this.#known.entries()) {
        await pause(endMs - performance.now() - ((KNOWN - index) * 1000) / KNOWN);
        known.push(this.#lab.phones.registerAll([name]));
      }
    }
    const [all, first, called] = await Promise.all([known, fresh, calls].map((list) => Promise.all<unknown[]>(list)));
    await end?.();
    return {
      flood: flood?.name ?? "no flood",
      known: outcomeOf((all ?? []).flat() as RegisterResult[]),
      fresh: outcomeOf((first ?? []).flat() as RegisterResult[]),
      calls: outcomeOf((called ?? []).flat() as Attempt[]),
    };
  }

  /** Waits until a registration is quick again, or long enough. */
  async recover(): Promise<void> {
    const endMs = performance.now() + RECOVER_WITHIN_MS;
    while (performance.now() < endMs) {
      await pause(500);
      const [again] = await this.#lab.phones.registerAll(this.#known.slice(0, 1));
      if (again?.status === 200 && again.elapsedMs < 250) return;
    }
  }

  async close(): Promise<void> {
    for (const name of [...this.#callers, ...this.#known]) await this.#lab.phones.closeNamed(name);
  }

  async #registerNew(): Promise<RegisterResult[]> {
    const phones = Array.from({ length: NEW_A_SECOND }, () => {
      this.#newCount += 1;
      const known = KNOWN + CALLERS;
      const account = known + (this.#newCount % (officeAccounts.length - known));
      return this.#phone(account, firstKnown + known + (this.#newCount % 200), `new-${this.#newCount}`);
    });
    await this.#lab.phones.openAll(phones);
    return this.#lab.phones.registerAll(phones.map(({ name }) => name));
  }

  async #callAndHangUp(): Promise<Attempt[]> {
    const callers = this.#callers;
    const calls = await this.#lab.phones.callAll(callers, "600");
    await Promise.all(
      calls.map(async ({ status, callId }, index) => {
        if (status === 200) await this.#lab.phones.hangUpNamed(callers[index] ?? "", callId).catch(() => {});
      }),
    );
    return calls;
  }

  #phone(index: number, host: number, name = `known-${index}`) {
    const user = officeAccounts[index] ?? "";
    const options = { user, address: `198.51.100.${host}`, server: this.#server, timeoutMs: LOST_AFTER_MS };
    return { name, options };
  }
}

interface Attempt {
  readonly status: number;
  readonly elapsedMs: number;
}

function outcomeOf(attempts: readonly Attempt[]): Outcome {
  const times = attempts.filter(({ status }) => status === 200).map(({ elapsedMs }) => elapsedMs);
  times.sort((one, other) => one - other);
  const at = (share: number) => Math.round(10 * (times[Math.floor((times.length - 1) * share)] ?? 0)) / 10;
  return { tried: attempts.length, succeeded: times.length, p50: at(0.5), p99: at(0.99) };
}

function openProtections(lab: Lab, means: Means): Protection[] {
  const { pbx } = lab.network;
  const all: (Protection & { isThere: boolean })[] = [
    { name: "none", isThere: true, start: async () => async () => {} },
    {
      name: "fail2ban",
      isThere: means.hasFail2ban,
      start: async () => (await startFail2ban(pbx, lab.asterisk.securityLogFile)).stop,
    },
    {
      name: "sipprot",
      isThere: true,
      start: async () => {
        const settings = { geoMode: "deny", geoCountries: deniedCountry };
        const gate = await startGate(pbx, { mode: "transparent", settings });
        return () => gate.remove();
      },
    },
  ];
  return all.filter(({ name, isThere }) => isThere && (means.only?.includes(name) ?? true));
}
