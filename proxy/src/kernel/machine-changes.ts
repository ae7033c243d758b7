/**
 * What steering needs of the machine beside its table: addresses on lo, a kernel setting; noted before it is made and
 * undone at the end, also by a later process when the one that made it was killed.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandPrefix, readProgram, runProgram } from "./program.ts";
import {
  bridgeBeacon,
  familyOf,
  listBridges,
  PRIVATE_ADDRESS,
  type SteeringDescription,
} from "./steering-description.ts";

/** Stands for a bridge in heartbeats: locally administered, nobody's. */
const BEACON_MAC = "02:00:5e:50:60:09";

/** The words for `ip` that make a change, and those that undo it. */
interface AddressChange {
  readonly kind: "address";
  readonly make: readonly string[];
  readonly undo: readonly string[];
}
/** A setting under /proc/sys and the value needed. */
interface SettingChange {
  readonly kind: "setting";
  readonly path: string;
  readonly value: string;
}
export type MachineChange = AddressChange | SettingChange;

/** A change that was made; `was` is what a setting said before. */
type Note =
  | { readonly kind: "address"; readonly undo: readonly string[] }
  | { readonly kind: "setting"; readonly path: string; readonly value: string; readonly was: string };

/** What a description needs. Pure. */
export function listMachineChanges({ endpoints, protocols }: SteeringDescription): MachineChange[] {
  const changes: MachineChange[] = [];
  // Rewritten in the input hook, a TCP segment must not have been given to the PBX's connection before.
  if (protocols.includes("tcp") && endpoints.some(({ place }) => place.kind === "host"))
    changes.push({ kind: "setting", path: "net/ipv4/tcp_early_demux", value: "0" });
  const guests = endpoints.filter(({ place }) => place.kind !== "host");
  for (const family of [4, 6] as const) {
    if (!guests.some(({ address }) => familyOf(address) === family)) continue;
    const address = `${PRIVATE_ADDRESS[family]}/${family === 4 ? 32 : 128}`;
    // Neither may ever be chosen as a source by itself.
    const never = family === 4 ? ["scope", "host"] : ["nodad", "preferred_lft", "0"];
    changes.push({
      kind: "address",
      make: [`-${family}`, "address", "replace", address, "dev", "lo", ...never],
      undo: [`-${family}`, "address", "del", address, "dev", "lo"],
    });
    listBridges({ endpoints }).forEach(({ name }, index) => {
      const beacon = bridgeBeacon(index, family);
      const neighbour = [`-${family}`, "neighbour", "replace", beacon, "lladdr", BEACON_MAC, "dev", name];
      const route = [`-${family}`, "route", "replace", `${beacon}/${family === 4 ? 32 : 128}`, "dev", name];
      changes.push(
        {
          kind: "address",
          make: [...neighbour, "nud", "permanent"],
          undo: [`-${family}`, "neighbour", "del", beacon, "dev", name],
        },
        { kind: "address", make: route, undo: [`-${family}`, "route", "del", ...route.slice(3)] },
      );
    });
  }
  for (const { place } of guests) {
    // Strict reverse-path filtering passes nothing of a guest whose clients are elsewhere; loose does, and our own rule guards its address.
    if (place.kind === "routed-guest")
      changes.push({
        kind: "setting",
        path: `net/ipv4/conf/${place.interface}/rp_filter`,
        value: "2",
      });
  }
  return changes;
}

export class MachineChanges {
  private readonly prefix: CommandPrefix;
  private readonly file: string;

  /** `folder` outlives the process and not the machine's next start, such as /run/sipprot. */
  constructor(prefix: CommandPrefix, folder: string) {
    this.prefix = prefix;
    this.file = join(folder, "machine-changes.json");
  }

  /** Makes the changes that are not made yet. Rejects with `kernel-refused` or `missing-program`. */
  async make(changes: readonly MachineChange[]): Promise<void> {
    for (const change of changes) {
      if (change.kind === "address") {
        this.note({ kind: "address", undo: change.undo });
        await runProgram(this.prefix, ["ip", ...change.make]);
        continue;
      }
      const { path, value } = change;
      const was = await this.readSetting(path);
      if (was === value || (path.endsWith("/rp_filter") && !(await this.isStrict(path)))) continue;
      this.note({ kind: "setting", path, value, was });
      await this.writeSetting(path, value);
    }
  }

  /** Undoes all that was noted, newest first. What is already gone, or was set otherwise since, is left alone. */
  async undo(): Promise<void> {
    for (const note of this.notes().reverse()) {
      if (note.kind === "address") await runProgram(this.prefix, ["ip", ...note.undo]).catch(() => {});
      else if ((await this.readSetting(note.path).catch(() => "")) === note.value)
        await this.writeSetting(note.path, note.was).catch(() => {});
    }
    rmSync(this.file, { force: true });
  }

  private notes(): Note[] {
    try {
      return JSON.parse(readFileSync(this.file, "utf8")) as Note[];
    } catch {
      return [];
    }
  }

  /** The first note of a setting tells what it was before us. */
  private note(note: Note): void {
    const notes = this.notes();
    const isNoted = notes.some((other) =>
      note.kind === "setting"
        ? other.kind === "setting" && other.path === note.path
        : other.kind === "address" && other.undo.join() === note.undo.join(),
    );
    if (isNoted) return;
    mkdirSync(join(this.file, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(`${this.file}.new`, JSON.stringify([...notes, note]), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }

  /** The kernel takes the stricter of the interface's and the general value. */
  private async isStrict(path: string): Promise<boolean> {
    const values = [await this.readSetting(path), await this.readSetting("net/ipv4/conf/all/rp_filter")];
    return Math.max(...values.map(Number)) === 1;
  }

  private async readSetting(path: string): Promise<string> {
    return (await readProgram(this.prefix, ["cat", `/proc/sys/${path}`])).trim();
  }

  private async writeSetting(path: string, value: string): Promise<void> {
    await runProgram(this.prefix, ["tee", `/proc/sys/${path}`], { input: `${value}\n` });
  }
}
