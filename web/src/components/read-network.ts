/** Reads what a person typed as an address or a network. */
import { parseNetwork } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";

/** The canonical text, or nothing for what is neither. */
export function readNetwork(typed: string): string | undefined {
  try {
    return parseNetwork(typed);
  } catch (error) {
    if (error instanceof SipprotError) return undefined;
    throw error;
  }
}
