/** Which connections of clients are open, and which one goes when there are too many. Knows no sockets and no clock. */

/** Most connections in all: with two descriptors each, far below what a service may open. */
export const MAX_CONNECTIONS = 16_000;
/** Most of one source: an office of 300 phones three times over. */
export const MAX_CONNECTIONS_A_SOURCE = 1_000;
/** Most of one source that have not sent a whole passed message: 300 phones that come back within a second, and some. */
export const MAX_FRESH_A_SOURCE = 400;
/** From this many fresh ones on it is crowded, and patience is short. */
export const CROWDED_FROM = 1_000;
/** How long a connection may stay without a passed message. A phone registers at once after connecting. */
export const FRESH_MS = 30_000;
export const FRESH_CROWDED_MS = 5_000;
/** A message once begun must be whole by then: Timer F, when its sender has given up (RFC 3261 17.1.2.2). */
export const PARTIAL_MS = 32_000;
/** Bytes waiting for a reader that does not read: its connection is ended. */
export const STALLED_MS = 60_000;

/** One connection as the census sees it. */
export interface Resident {
  readonly source: string;
  readonly sinceMs: number;
  /** True once a whole message of its client was passed. */
  readonly isProven: boolean;
  readonly lastPassedAtMs: number;
  /** Since when a message is not whole; 0 when none is begun. */
  readonly partialSinceMs: number;
  /** Since when the client or the PBX takes no bytes; 0 when they flow. */
  readonly stalledSinceMs: number;
  /** Ends it without a word. */
  shed(): void;
}

/** What one source has open; the fresh ones in the order they came. */
interface OfSource {
  all: number;
  readonly fresh: Set<Resident>;
}

/** Keeps the connections in the order they came. */
export class ConnectionCensus {
  readonly #residents = new Set<Resident>();
  readonly #fresh = new Set<Resident>();
  readonly #sources = new Map<string, OfSource>();

  get size(): number {
    return this.#residents.size;
  }

  /** Takes a connection in, after room was made for it. False when it has to be refused. */
  admit(resident: Resident): boolean {
    const before = this.#sources.get(resident.source);
    if (before !== undefined && before.fresh.size >= MAX_FRESH_A_SOURCE) shedFirst(before.fresh);
    if ((this.#sources.get(resident.source)?.all ?? 0) >= MAX_CONNECTIONS_A_SOURCE) return false;
    if (this.#residents.size >= MAX_CONNECTIONS) this.#makeRoom();
    if (this.#residents.size >= MAX_CONNECTIONS) return false;
    this.#residents.add(resident);
    this.#fresh.add(resident);
    const own = this.#sources.get(resident.source) ?? { all: 0, fresh: new Set() };
    own.all += 1;
    own.fresh.add(resident);
    this.#sources.set(resident.source, own);
    return true;
  }

  /** Its first message was passed. */
  prove(resident: Resident): void {
    this.#fresh.delete(resident);
    this.#sources.get(resident.source)?.fresh.delete(resident);
  }

  /** It is gone. */
  remove(resident: Resident): void {
    if (!this.#residents.delete(resident)) return;
    this.prove(resident);
    const own = this.#sources.get(resident.source);
    if (own === undefined) return;
    own.all -= 1;
    if (own.all === 0) this.#sources.delete(resident.source);
  }

  /**
   * Those that have waited too long, found one by one while the caller takes them and ends them: in portions, since
   * thousands may be due in the same second. What proves itself meanwhile is not among them.
   */
  *overdue(nowMs: number): Generator<Resident, void> {
    const patienceMs = this.#fresh.size >= CROWDED_FROM ? FRESH_CROWDED_MS : FRESH_MS;
    for (const resident of this.#fresh) {
      // In the order they came: the first that is young enough ends the walk.
      if (nowMs - resident.sinceMs < patienceMs) break;
      yield resident;
    }
    for (const resident of this.#residents) {
      const isPartial = resident.partialSinceMs > 0 && nowMs - resident.partialSinceMs >= PARTIAL_MS;
      const isStalled = resident.stalledSinceMs > 0 && nowMs - resident.stalledSinceMs >= STALLED_MS;
      if (isPartial || isStalled) yield resident;
    }
  }

  shedAll(): void {
    for (const resident of this.#residents) resident.shed();
  }

  /** The oldest fresh one goes; without any, the one idle longest of the source that has most. */
  #makeRoom(): void {
    if (shedFirst(this.#fresh)) return;
    let greediest = "";
    let most = 1;
    for (const [source, count] of this.#sources) {
      if (count.all <= most) continue;
      most = count.all;
      greediest = source;
    }
    let idlest: Resident | undefined;
    for (const resident of this.#residents) {
      if (resident.source !== greediest) continue;
      if (idlest === undefined || resident.lastPassedAtMs < idlest.lastPassedAtMs) idlest = resident;
    }
    idlest?.shed();
  }
}

/** Ends the one that came first; false when there is none. */
function shedFirst(residents: ReadonlySet<Resident>): boolean {
  for (const resident of residents) {
    resident.shed();
    return true;
  }
  return false;
}
