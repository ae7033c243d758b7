/** The steering in force: applied whole, put back when nft died, given up at the end. */
import { writeBridgeTable } from "./bridge-rules.ts";
import { listMachineChanges, type MachineChanges } from "./machine-changes.ts";
import type { NftSession } from "./nft-session.ts";
import { type CommandPrefix, readProgram } from "./program.ts";
import type { SteeringDescription, SteeringMoment } from "./steering-description.ts";
import { OUTGOING_CONNECTION_TIMEOUT, STEERING_TABLE, writeSteeringTable } from "./steering-rules.ts";
import { nextStep } from "./steering-steps.ts";

/** After a failed attempt to put the steering back; meanwhile the port is the PBX's (or closed, as chosen). */
const RETRY_MS = 1000;

/** An element of a set of outgoing connections. */
const OUTGOING = /[0-9a-f.:]+ \. \d+ \. [0-9a-f.:]+ \. \d+/g;

const families = ["inet", "bridge"] as const;

export class Steering {
  private readonly session: NftSession;
  private readonly prefix: CommandPrefix;
  private readonly machine: MachineChanges;
  private readonly onTrouble: (error: unknown) => void;
  private description: SteeringDescription | undefined;
  /** Of the table in force, while there is one of ours. */
  private step: number | undefined;
  private fingerprint = "";
  private retry: NodeJS.Timeout | undefined;
  private lastTurn: Promise<void> = Promise.resolve();

  constructor(
    session: NftSession,
    prefix: CommandPrefix,
    machine: MachineChanges,
    onTrouble: (error: unknown) => void = () => {},
  ) {
    this.session = session;
    this.prefix = prefix;
    this.machine = machine;
    this.onTrouble = onTrouble;
  }

  /** On failure what was in force before stays. */
  apply(description: SteeringDescription): Promise<void> {
    return this.inTurn(() => this.applyNow(description));
  }

  /**
   * Changes the steering without a pause: the workers of `description` stand already and take over in the same moment.
   * `leaving` are those who give way; what they still send goes on until this is called again without them.
   */
  handOver(description: SteeringDescription, leaving: SteeringDescription | undefined): Promise<void> {
    return this.inTurn(async () =>
      this.applyNow(description, { handover: { leaving, outgoing: await this.readOutgoing() } }),
    );
  }

  /** Gives the port back; what the workers still send leaves under the right names until the release. */
  drain(): Promise<void> {
    return this.inTurn(async () => {
      const { description } = this;
      if (description === undefined) return;
      // Were nft to die now, nothing would have to be put back.
      this.description = undefined;
      await this.write(description, { isDraining: true });
    });
  }

  /** Gives the port back and undoes what the machine was changed by. */
  release(): Promise<void> {
    return this.inTurn(async () => {
      this.description = undefined;
      this.step = undefined;
      clearTimeout(this.retry);
      const deletions = await this.writeDeletions();
      if (deletions !== "") await this.session.run(deletions);
      await this.machine.undo();
    });
  }

  async releaseWorker(worker: number): Promise<void> {
    if (this.description === undefined || worker >= this.description.workers) return;
    const tables = this.presentTables(await this.listTables());
    await this.session.run(tables.map((family) => `flush set ${family} ${STEERING_TABLE} alive_${worker}\n`).join(""));
  }

  /** The session's nft died, and an owned table with it: put it back, until it works. */
  restore(): void {
    if (this.description === undefined) return;
    clearTimeout(this.retry);
    this.reapply().catch((error: unknown) => {
      this.onTrouble(error);
      this.retry = setTimeout(() => this.restore(), RETRY_MS);
      this.retry.unref();
    });
  }

  /** What is in force, once more; nothing when it was released meanwhile. */
  reapply(): Promise<void> {
    return this.inTurn(async () => {
      if (this.description !== undefined) await this.applyNow(this.description);
    });
  }

  async compare(): Promise<string[]> {
    if (this.description === undefined) return [];
    const found = await this.readFingerprint().catch(() => undefined);
    if (found === undefined) return [`the table inet ${STEERING_TABLE} is gone`];
    return found === this.fingerprint ? [] : [`the rules of the table inet ${STEERING_TABLE} were changed`];
  }

  /** Workers with a standing heartbeat in every family. */
  async readAlive(): Promise<number[]> {
    const { description } = this;
    if (description === undefined) return [];
    const sets = Array.from({ length: description.workers }, (_, worker) => `alive_${worker}`);
    const listing = await readProgram(this.prefix, ["nft", "list", "table", "inet", STEERING_TABLE]).catch(() => "");
    const needed = new Set(description.endpoints.map(({ address }) => (address.includes(":") ? "ipv6" : "ipv4")));
    return sets.flatMap((set, worker) => {
      const body = new RegExp(`set ${set} \\{[^}]*elements = \\{([^}]*)\\}`).exec(listing)?.[1] ?? "";
      return [...needed].every((family) => body.includes(`${family} `)) ? [worker] : [];
    });
  }

  private async applyNow(description: SteeringDescription, moment: SteeringMoment = {}): Promise<void> {
    try {
      await this.machine.make(listMachineChanges(description));
      await this.write(description, moment);
    } catch (error) {
      if (this.description === undefined) await this.machine.undo();
      throw error;
    }
    this.description = description;
    this.fingerprint = await this.readFingerprint();
  }

  /** Puts the tables in the place of those there are. */
  private async write(description: SteeringDescription, moment: SteeringMoment): Promise<void> {
    const now = { ...moment, step: nextStep(this.step) };
    const text = writeSteeringTable(description, now) + writeBridgeTable(STEERING_TABLE, description, now);
    await this.session.run((await this.writeDeletions()) + text);
    this.step = now.step;
  }

  /** The connections that the PBX opened itself, as elements; those of the last milliseconds may be missing. */
  private async readOutgoing(): Promise<string[]> {
    const listings = [4, 6].map((family) =>
      readProgram(this.prefix, ["nft", "list", "set", "inet", STEERING_TABLE, `outgoing${family}`]).catch(() => ""),
    );
    return (await Promise.all(listings)).flatMap((listing) =>
      Array.from(listing.matchAll(OUTGOING), ([element]) => `${element} timeout ${OUTGOING_CONNECTION_TIMEOUT}`),
    );
  }

  /** One after the other: a table put back must not outlast a release. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => {});
    return turn;
  }

  private async writeDeletions(): Promise<string> {
    const present = this.presentTables(await this.listTables());
    return present.map((family) => `delete table ${family} ${STEERING_TABLE}\n`).join("");
  }

  private presentTables(listing: string): (typeof families)[number][] {
    return families.filter((family) => listing.includes(`table ${family} ${STEERING_TABLE}\n`));
  }

  private listTables(): Promise<string> {
    return readProgram(this.prefix, ["nft", "list", "tables"]);
  }

  private async readFingerprint(): Promise<string> {
    const tables = this.presentTables(await this.listTables());
    if (!tables.includes("inet")) throw new Error("no steering table");
    const listings = tables.map((family) =>
      readProgram(this.prefix, ["nft", "-s", "-t", "list", "table", family, STEERING_TABLE]),
    );
    return (await Promise.all(listings)).join("");
  }
}
