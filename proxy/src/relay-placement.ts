/** The relay mode: the workers listen themselves, the kernel has no part in it. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { Settings } from "@sipprot/shared/settings";
import type { Placement } from "./placement.ts";
import type { RelayEndpoint, WorkerEndpoint } from "./worker-messages.ts";

export class RelayPlacement implements Placement {
  readonly problems: readonly string[] = [];
  readonly #listen: readonly HostPort[];
  readonly #pbx: HostPort;
  readonly #innerPort: number;

  constructor(listen: readonly HostPort[], pbx: HostPort, innerPort: number) {
    this.#listen = listen;
    this.#pbx = pbx;
    this.#innerPort = innerPort;
  }

  async plan(settings: Settings): Promise<ReadonlyArray<readonly WorkerEndpoint[]>> {
    const innerAddress = await findAddressTowards(this.#pbx);
    const endpoints = this.#listen.map((listen): RelayEndpoint => {
      return {
        path: "relay",
        endpoint: nameEndpoint(listen),
        transports: settings.protocols,
        listen,
        inner: { address: innerAddress, port: this.#innerPort },
        pbx: this.#pbx,
      };
    });
    return [endpoints];
  }

  async prepare(): Promise<void> {}

  async open(): Promise<void> {}

  /** One address and port has one socket here. */
  async planBeside(): Promise<undefined> {}

  async switchOver(): Promise<void> {}

  async settle(): Promise<void> {}

  async releaseWorker(): Promise<void> {}

  async drain(): Promise<void> {}

  async close(): Promise<void> {}
}

/** An endpoint as it is written everywhere: `203.0.113.10:5060`, `[2001:db8::10]:5060`. */
export function nameEndpoint({ address, port }: HostPort): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The address of this host that packets to the PBX leave from; nothing is sent to find out. */
async function findAddressTowards({ address, port }: HostPort): Promise<string> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.connect(port, address, () => resolve());
    });
    return socket.address().address;
  } finally {
    socket.close();
  }
}
