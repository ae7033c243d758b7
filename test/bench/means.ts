/** What the benchmarks with a real Asterisk are given. */

export interface Means {
  readonly folder: string;
  /** The shipped country file under GeoLite2's names. */
  readonly countryFile: string;
  /** The load program. */
  readonly load: string;
  /** How long one phase lasts; undefined: as long as it should. */
  readonly seconds: number | undefined;
  /** Remembers what is to be taken away in the end; what is given takes it away at once. */
  readonly onEnd: (step: () => Promise<void>) => () => Promise<void>;
  /** Names of protections; undefined: all. */
  readonly only: readonly string[] | undefined;
  readonly hasKamailio: boolean;
  readonly hasFail2ban: boolean;
}

/** One way to protect the PBX: started, it gives what stops it. */
export interface Protection {
  readonly name: string;
  readonly start: () => Promise<() => Promise<void>>;
}
