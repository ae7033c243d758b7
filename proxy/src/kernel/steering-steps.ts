/**
 * How far up the hooks of a steering table stand, so that one takes the place of another without losing a packet.
 *
 * The kernel asks the tables at a hook one after another, and each whether it is in force just then. Of two at the same
 * priority it asks the newer first: a packet under way in the moment of the exchange is asked about before the newer is in
 * force, and then by the older that is no more, so that neither rewrites it and it is lost (one in 13 exchanges at 10,000
 * messages a second). With the newer behind the older such a packet meets both, and a rewritten one is none of the newer's.
 */

/** Exchanges until it has to begin anew, where one packet may be lost: as many as there is room for among the priorities. */
export const STEERING_STEPS = 80;

/** The step of the table that takes the place of one with `before`; undefined when there is none. */
export function nextStep(before: number | undefined): number {
  return before === undefined ? 0 : (before + 1) % STEERING_STEPS;
}
