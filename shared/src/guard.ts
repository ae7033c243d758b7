/** Why a network must not be put on a list: a closed list, for who words it in another language. */

export const guardKinds = [
  /** It is every address there is. */
  "everything",
  /** One of our own addresses that has no better name. */
  "own",
  "loopback",
  /** An address of this host. */
  "host",
  "pbx",
  /** The address of whoever asks. */
  "caller",
  /** An endpoint that a host protects. */
  "protected",
  /** A network of the allowlist. */
  "allowlist",
] as const;
export type GuardKind = (typeof guardKinds)[number];

/** What stands in the way. */
export interface GuardFact {
  readonly kind: GuardKind;
  /** The network that is guarded, which holds the refused one or is held by it. */
  readonly network?: string;
}
