/** Where a host name of a SIP URI is: SRV, then address (the UDP part of RFC 3263), kept for a minute. */
import { lookup, resolveSrv } from "node:dns/promises";
import { isIP } from "node:net";
import type { HostPort } from "@sipprot/shared/boot-settings";

/** Names kept: only our own PBX names them, a site has a few trunks. */
const MAX_NAMES = 256;
const KEPT_MS = 60_000;
/** A name that does not resolve is not asked for again so soon. */
const KEPT_FAILED_MS = 5_000;
const SIP_PORT = 5060;

interface Known {
  readonly untilMs: number;
  readonly found: Promise<HostPort | undefined>;
}

/** Finds next hops. Asking for the same name twice asks the DNS once. */
export class NextHops {
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Address and port of a host of the given family; port 0 means the URI named none. Undefined when there is none. Never rejects. */
  async find(host: string, port: number, family: 4 | 6): Promise<HostPort | undefined> {
    if (isIP(host) !== 0) return isIP(host) === family ? { address: host, port: port || SIP_PORT } : undefined;
    const key = `${host.toLowerCase()} ${port} ${family}`;
    const nowMs = this.#now();
    const known = this.#known.get(key);
    if (known !== undefined && known.untilMs > nowMs) return known.found;
    const found = resolve(host, port, family);
    if (this.#known.size >= MAX_NAMES) this.#known.delete(this.#known.keys().next().value ?? "");
    this.#known.set(key, { untilMs: nowMs + KEPT_MS, found });
    const answer = await found;
    if (answer === undefined) this.#known.set(key, { untilMs: nowMs + KEPT_FAILED_MS, found });
    return answer;
  }
}

async function resolve(host: string, port: number, family: 4 | 6): Promise<HostPort | undefined> {
  const [first] = port === 0 ? await resolveSrv(`_sip._udp.${host}`).catch(() => []) : [];
  try {
    const { address } = await lookup(first?.name ?? host, { family });
    return { address, port: port || first?.port || SIP_PORT };
  } catch {
    return undefined;
  }
}
