/** The whole lab for one test file: network, Asterisk and phones; one call builds it, one removes it. */
import { type Asterisk, startAsterisk } from "./asterisk.ts";
import type { PbxPlace } from "./asterisk-configuration.ts";
import { buildNetwork, type Network } from "./network.ts";
import { PhoneRoom } from "./phones.ts";

export interface Lab {
  readonly network: Network;
  readonly asterisk: Asterisk;
  /** Phones in the namespace of the offices. */
  readonly phones: PhoneRoom;
  /** User agents in the attackers' namespace. */
  readonly strangers: PhoneRoom;
  /** The provider's equipment. */
  readonly provider: PhoneRoom;
  remove(): Promise<void>;
}

/** Builds everything. What was built is removed again when a later part fails. */
export async function startLab(place: PbxPlace = "open"): Promise<Lab> {
  const network = await buildNetwork();
  try {
    const asterisk = await startAsterisk(network.pbx, place);
    const phones = new PhoneRoom(network.phones);
    const strangers = new PhoneRoom(network.attackers);
    const provider = new PhoneRoom(network.provider);
    return {
      network,
      asterisk,
      phones,
      strangers,
      provider,
      async remove() {
        await Promise.allSettled([phones.stop(), strangers.stop(), provider.stop(), asterisk.stop()]);
        await network.remove();
      },
    };
  } catch (error) {
    await network.remove();
    throw error;
  }
}
