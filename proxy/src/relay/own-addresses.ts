/** By which address a client reaches us: said by the operator, that of the listener, or that of the network it is in. */
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { isIPv6, parseAddress } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { RelayEndpoint } from "../worker-messages.ts";

/** An address of this host and the network around it. */
export interface LocalAddress {
  readonly address: string;
  readonly prefixBits: number;
  readonly isLoopback: boolean;
}

/** The usable addresses of this host now; those that need a zone are left out. */
export function readLocalAddresses(): LocalAddress[] {
  return Object.values(networkInterfaces()).flatMap((interfaceAddresses) =>
    (interfaceAddresses ?? []).flatMap(({ address: text, cidr, internal }) => {
      const address = parseAddress(text);
      if (address === undefined || address.startsWith("fe80:")) return [];
      return [{ address, prefixBits: Number(cidr?.split("/")[1] ?? 128), isLoopback: internal }];
    }),
  );
}

/** Finds the address for each client of one listener. */
export class AdvertisedAddress {
  readonly #fixed: HostPort | undefined;
  readonly #port: number;
  readonly #family: "ipv4" | "ipv6";
  readonly #near: readonly { readonly address: string; readonly network: BlockList }[];
  readonly #otherwise: string;

  constructor(endpoint: Pick<RelayEndpoint, "listen" | "advertised">, local: readonly LocalAddress[]) {
    const { listen, advertised } = endpoint;
    const isWildcard = listen.address === "0.0.0.0" || listen.address === "::";
    this.#fixed = advertised ?? (isWildcard ? undefined : listen);
    this.#port = listen.port;
    this.#family = isIPv6(listen.address) ? "ipv6" : "ipv4";
    const ours = local.filter(({ address }) => isIPv6(address) === isIPv6(listen.address));
    this.#near = ours.map(({ address, prefixBits }) => {
      const network = new BlockList();
      network.addSubnet(address, prefixBits, this.#family);
      return { address, network };
    });
    this.#otherwise = ours.find(({ isLoopback }) => !isLoopback)?.address ?? listen.address;
  }

  /** The address and port to write into Via and Record-Route for this client, or for a host by name. */
  towards(client: string): HostPort {
    if (this.#fixed !== undefined) return this.#fixed;
    const near = isIP(client) === 0 ? undefined : this.#near.find(({ network }) => network.check(client, this.#family));
    return { address: near?.address ?? this.#otherwise, port: this.#port };
  }
}

/** Address and port as they stand in a header: IPv6 in brackets. */
export function hostPortText({ address, port }: HostPort): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
