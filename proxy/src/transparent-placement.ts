/** The transparent mode: the kernel brings the traffic to the workers' own ports, and takes it away again. */
import type { ProtectedAddress } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import type { Settings } from "@sipprot/shared/settings";
import { expandPorts } from "./config.ts";
import type { Kernel } from "./kernel/kernel.ts";
import type { Classification } from "./kernel/place.ts";
import {
  familyOf,
  listEndpoints,
  listHeartbeats,
  listSocketPairs,
  MAX_SOCKET_PAIRS_BESIDE,
  type ProtectedPlace,
  type SteeringDescription,
} from "./kernel/steering-description.ts";
import type { Placement } from "./placement.ts";
import type { TransparentEndpoint, WorkerEndpoint } from "./worker-messages.ts";

export interface TransparentOptions {
  readonly kernel: Kernel;
  /** The protected addresses at this moment. */
  readonly listProtected: () => readonly ProtectedAddress[];
  /** Finds out where the PBX of each address runs, or why it cannot be protected from here. */
  readonly locate: (addresses: readonly string[]) => Promise<ReadonlyMap<string, Classification>>;
  /** The same for the life of a host: a source keeps its worker over restarts. */
  readonly hashSeed: number;
}

export class TransparentPlacement implements Placement {
  readonly #options: TransparentOptions;
  #description: SteeringDescription | undefined;
  /** Planned, not yet steered to. */
  #beside: SteeringDescription | undefined;
  #isSteering = false;
  problems: readonly string[] = [];

  constructor(options: TransparentOptions) {
    this.#options = options;
  }

  async plan(settings: Settings, workers: number): Promise<ReadonlyArray<readonly WorkerEndpoint[]>> {
    const description = await this.#describe(settings, workers, 0);
    const plan = planWorkers(description);
    this.#description = description;
    this.#beside = undefined;
    return plan;
  }

  async planBeside(settings: Settings, workers: number): Promise<ReadonlyArray<readonly WorkerEndpoint[]> | undefined> {
    const before = this.#description;
    if (!this.#isSteering || before === undefined) return undefined;
    const beside = await this.#describe(settings, workers, before.generation === 1 ? 0 : 1);
    // The sockets of guests stand at an address that comes with the first guest.
    if (
      [before, beside].some((one) => listSocketPairs(one).length > MAX_SOCKET_PAIRS_BESIDE) ||
      isFirstGuest(before, beside)
    )
      return undefined;
    this.#beside = beside;
    return planWorkers(beside);
  }

  async switchOver(): Promise<void> {
    const { kernel } = this.#options;
    const [before, beside] = [this.#description, this.#beside];
    if (beside === undefined) return;
    await kernel.setGuarded(listEndpoints(beside).map(({ address, port }) => ({ address, port })));
    await kernel.handSteeringOver(beside, before);
    this.#description = beside;
    this.#beside = undefined;
  }

  async settle(): Promise<void> {
    if (this.#description !== undefined) await this.#options.kernel.handSteeringOver(this.#description);
  }

  async #describe(settings: Settings, workers: number, generation: 0 | 1): Promise<SteeringDescription> {
    const wanted = this.#options.listProtected();
    const places = await this.#options.locate(wanted.map(({ address }) => address));
    const endpoints: ProtectedPlace[] = [];
    const problems: string[] = [];
    for (const { address, ports } of wanted) {
      const found = places.get(address) ?? { problem: `${address} was not found` };
      if ("problem" in found) problems.push(found.problem);
      else
        endpoints.push({
          address,
          ports: ports.length > 0 ? ports : expandPorts(settings.sipPorts),
          place: found.place,
        });
    }
    if (endpoints.length === 0) throw nothingToProtect(problems);
    this.problems = problems;
    const { protocols, failOpen } = settings;
    return { endpoints, protocols, workers, failOpen, hashSeed: this.#options.hashSeed, generation };
  }

  /**
   * The sockets of guests stand at an address that comes with the steering. No traffic is lost by it: nothing is steered to a
   * worker before its first heartbeat.
   */
  async prepare(): Promise<void> {
    this.#isSteering = false;
    if (this.#description?.endpoints.some(({ place }) => place.kind !== "host") === true) await this.#steer();
  }

  async open(): Promise<void> {
    if (!this.#isSteering) await this.#steer();
  }

  async releaseWorker(workerIndex: number): Promise<void> {
    await this.#options.kernel.releaseWorker(workerIndex);
  }

  async drain(): Promise<void> {
    this.#isSteering = false;
    await this.#options.kernel.drainSteering();
  }

  async close(): Promise<void> {
    this.#isSteering = false;
    await this.#options.kernel.releaseSteering();
  }

  async #steer(): Promise<void> {
    if (this.#description === undefined) return;
    const { kernel } = this.#options;
    await kernel.setGuarded(listEndpoints(this.#description).map(({ address, port }) => ({ address, port })));
    await kernel.applySteering(this.#description);
    this.#isSteering = true;
  }
}

/** The sockets and heartbeats of each worker, from the same description as the kernel's rules. */
export function planWorkers(description: SteeringDescription): TransparentEndpoint[][] {
  const endpoints = listEndpoints(description);
  return Array.from({ length: description.workers }, (_, worker) => {
    const beats = listHeartbeats(description, worker);
    return endpoints.flatMap(({ pairs }): TransparentEndpoint[] => {
      const pair = pairs[worker];
      if (pair === undefined) return [];
      // One port may feed two switches: that of its family and that of a bridge.
      const own = beats.filter((one) => one.fromAddress === pair.bindAddress && one.fromPort === pair.upPort);
      return [
        {
          path: "transparent",
          endpoint: pair.endpoint,
          transports: pair.protocols,
          bindAddress: pair.bindAddress,
          downPort: pair.downPort,
          upPort: pair.upPort,
          heartbeatsTo: own.map(({ toAddress, toPort }) => ({ address: toAddress, port: toPort })),
        },
      ];
    });
  });
}

function isFirstGuest(before: SteeringDescription, beside: SteeringDescription): boolean {
  const families = ({ endpoints }: SteeringDescription) =>
    new Set(endpoints.filter(({ place }) => place.kind !== "host").map(({ address }) => familyOf(address)));
  const present = families(before);
  return [...families(beside)].some((family) => !present.has(family));
}

function nothingToProtect(problems: readonly string[]): SipprotError {
  const why = problems.length === 0 ? "this host has no address that others can reach" : problems.join("; ");
  return new SipprotError("bad-boot-setting", `there is nothing to protect: ${why}`, {
    field: "SIPPROT_PROTECT",
    expected: "addresses of this host, or of guests it routes or bridges to",
  });
}
