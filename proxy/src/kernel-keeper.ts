/** Keeps the kernel's bans and lists equal to ours, reads back, and lets a block that is still being hammered go on. */
import type { Block } from "@sipprot/shared/block";
import type { Change } from "@sipprot/shared/change";
import { type ListName, listNames } from "@sipprot/shared/lists";
import type { Settings } from "@sipprot/shared/settings";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import type { Kernel, KernelState, Limits } from "./kernel/kernel.ts";

/** Changes wait this long for others, to be one transaction. */
const APPLY_DELAY_MS = 50;
/** How often the kernel's counters are read for hammered blocks. */
export const COUNTERS_EVERY_MS = 30_000;
/** Packets a second that are an attack for certain: ten phones that retry, with all their retransmissions, send fewer. */
export const HAMMERED_PACKETS_PER_SECOND = 10;

/** Lists all networks of the countries that are wanted. */
export type ListCountryNetworks = (isWanted: (country: string) => boolean) => Promise<readonly string[]>;

export class KernelKeeper {
  readonly #kernel: Kernel;
  readonly #copy: StoreCopy;
  readonly #listNetworks: ListCountryNetworks;
  readonly #onExtended: (block: Block) => void;
  readonly #added = new Map<string, number>();
  readonly #lifted = new Set<string>();
  /** Networks that came on a list (`true`) or went off it. */
  readonly #listed: Record<ListName, Map<string, boolean>> = { allow: new Map(), deny: new Map() };
  /** What is to be set as a whole. */
  readonly #dirty = new Set<"deny" | "bans" | "limits">();
  #isObserving: boolean;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  /** When what is under way began, on the even clock; undefined while nothing is. */
  #busySinceMs: number | undefined;
  /** Why the kernel did not take the last change, or "". */
  trouble = "";
  reading: KernelState | undefined;

  /** `onExtended` is given a block with its new end: to be told and kept like any other. */
  constructor(kernel: Kernel, copy: StoreCopy, listNetworks: ListCountryNetworks, onExtended: (block: Block) => void) {
    this.#kernel = kernel;
    this.#listNetworks = listNetworks;
    this.#copy = copy;
    this.#onExtended = onExtended;
    this.#isObserving = copy.settings.mode === "observe";
  }

  /** Brings everything we know into the kernel. Resolves when done; trouble is told by `trouble`. */
  async start(): Promise<void> {
    await this.#do(async () => {
      await this.#kernel.setAllowed(this.#copy.lists.allow.keys());
      await this.#kernel.setDenied(this.#denied());
      await this.#kernel.setBans(this.#bans());
      await this.#kernel.setLimits(await this.#limits());
    });
  }

  /** The country database changed: the networks of the countries are taken out of it again. */
  refreshCountries(): void {
    if (!this.#copy.settings.geoWholeHost) return;
    this.#dirty.add("limits");
    this.#applySoon();
  }

  /** Follows changes that were applied to the copy. */
  follow(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === "list-put") {
        for (const { network } of change.entries) this.#listed[change.list].set(network, true);
      } else if (change.kind === "list-remove") {
        for (const network of change.networks) this.#listed[change.list].set(network, false);
      } else if (change.kind === "settings") this.#followSettings(change.settings);
      else if (change.kind === "block-lift" && change.account === undefined) {
        this.#added.delete(change.source);
        this.#lifted.add(change.source);
      } else if (change.kind === "block-put" && isForKernel(change.block)) {
        this.ban(change.block.source, change.block.untilMs);
      }
    }
    this.#applySoon();
  }

  ban(source: string, untilMs: number): void {
    if (this.#isObserving) return;
    this.#lifted.delete(source);
    this.#added.set(source, untilMs);
    this.#applySoon();
  }

  /** For how long the kernel's part has been at one piece of work: a long list takes some seconds, a hung nft does not end. */
  get busyMs(): number {
    return this.#busySinceMs === undefined ? 0 : performance.now() - this.#busySinceMs;
  }

  /** True when the last reading found everything as ordered and all workers alive. */
  isWell(workers: number): boolean {
    const { reading, trouble } = this;
    return trouble === "" && reading?.isInStep === true && reading.aliveWorkers.length === workers;
  }

  /** Reads back and puts right what differs. */
  async check(): Promise<void> {
    await this.#do(() => this.#readBack());
  }

  /** Looks at rules and heartbeats alone, which costs little; reads all back when something is amiss, or was. */
  async glance(workers: number): Promise<void> {
    await this.#do(async () => {
      const { isInStep, aliveWorkers } = await this.#kernel.glance();
      if (!isInStep || aliveWorkers.length !== workers || !this.isWell(workers)) await this.#readBack();
    });
  }

  /** Lets blocks go on whose source still sends as an attack does: the time starts again. */
  async extendHammered(nowMs: number): Promise<void> {
    await this.#do(async () => {
      for (const [source, packets] of await this.#kernel.readCounters()) {
        const block = this.#copy.blocks.get(source);
        if (block === undefined || packets < (HAMMERED_PACKETS_PER_SECOND * COUNTERS_EVERY_MS) / 1000) continue;
        const untilMs = Math.max(block.untilMs, nowMs + this.#copy.settings.dynamicBlockSeconds * 1000);
        this.#onExtended({ ...block, untilMs, refused: block.refused + packets });
      }
    });
  }

  /** Waits for what is under way. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#apply();
  }

  async #readBack(): Promise<void> {
    this.reading = await this.#kernel.readBack();
    if (!this.reading.isInStep) await this.#kernel.repair();
  }

  #followSettings(settings: Settings): void {
    this.#dirty.add("limits");
    const isObserving = settings.mode === "observe";
    if (isObserving === this.#isObserving) return;
    this.#isObserving = isObserving;
    this.#dirty.add("deny").add("bans");
  }

  /** Observe mode drops nothing, so the kernel has nothing to drop. */
  #denied(): Iterable<string> {
    return this.#isObserving ? [] : this.#copy.lists.deny.keys();
  }

  #bans(): Block[] {
    return this.#isObserving ? [] : [...this.#copy.blocks.values()].filter(isForKernel);
  }

  async #limits(): Promise<Limits> {
    const { settings } = this.#copy;
    const limits = limitsOf(settings);
    const { mode, geoMode, geoWholeHost, geoCountries } = settings;
    if (mode === "observe" || !geoWholeHost || geoMode === "off") return limits;
    const isListed = (country: string) => geoCountries.includes(country);
    // In allow mode too the refused are listed: an address of no known country must not be cut off from the whole host.
    const isRefused = geoMode === "deny" ? isListed : (country: string) => !isListed(country);
    return { ...limits, wholeHostGeo: { drops: "listed", networks: await this.#listNetworks(isRefused) } };
  }

  #applySoon(): void {
    this.#timer ??= setTimeout(() => void this.#apply(), APPLY_DELAY_MS);
  }

  async #apply(): Promise<void> {
    this.#timer = undefined;
    const [added, lifted, dirty] = [[...this.#added], [...this.#lifted], [...this.#dirty]];
    const [allowed, denied] = [new Map(this.#listed.allow), new Map(this.#listed.deny)];
    for (const list of listNames) this.#listed[list].clear();
    this.#added.clear();
    this.#lifted.clear();
    this.#dirty.clear();
    await this.#do(async () => {
      // Allowing and lifting first: nobody waits for his right while a large denylist is loaded.
      if (allowed.size > 0) await this.#kernel.changeAllowed(allowed);
      if (lifted.length > 0) await this.#kernel.liftBans(lifted);
      if (added.length > 0) await this.#kernel.addBans(added.map(([source, untilMs]) => ({ source, untilMs })));
      if (dirty.includes("bans")) await this.#kernel.setBans(this.#bans());
      // Entering and leaving observe mode sets all of it.
      if (dirty.includes("deny")) await this.#kernel.setDenied(this.#denied());
      else if (denied.size > 0 && !this.#isObserving) await this.#kernel.changeDenied(denied);
      if (dirty.includes("limits")) await this.#kernel.setLimits(await this.#limits());
    });
  }

  /** One after the other; an error is kept as `trouble`, and the next reading back puts right what was missed. */
  async #do(work: () => Promise<void>): Promise<void> {
    const timed = () => {
      this.#busySinceMs = performance.now();
      return work();
    };
    this.#work = this.#work
      .then(timed)
      .then(
        () => {
          this.trouble = "";
        },
        (error: Error) => {
          this.trouble = error.message;
        },
      )
      .finally(() => {
        this.#busySinceMs = undefined;
      });
    await this.#work;
  }
}

/** The kernel drops whole sources that proved to be where they say. */
function isForKernel(block: Block): boolean {
  return block.inKernel && block.proven && block.account === undefined;
}

function limitsOf(settings: Settings): Limits {
  const { tftpLimitOn, tftpRequestsPerMinute, tftpBurstRequests, dnsProtectionOn } = settings;
  if (settings.mode === "observe") return { isDnsProtected: false };
  if (!tftpLimitOn) return { isDnsProtected: dnsProtectionOn };
  const tftp = { requestsPerMinute: tftpRequestsPerMinute, burstRequests: tftpBurstRequests };
  return { tftp, isDnsProtected: dnsProtectionOn };
}
