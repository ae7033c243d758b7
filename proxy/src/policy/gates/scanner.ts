/** Gate 6: tools that say who they are, by their user agent or by what they always send. */
import type { Reason } from "@sipprot/shared/reason";
import type { SipMessage } from "../../sip/message.ts";
import type { Arrival } from "../arrival.ts";
import { blockSource } from "../escalation.ts";
import { isInGoodStanding, type Source } from "../source.ts";
import type { PolicyState } from "../state.ts";

/** The display name and the address SIPVicious puts into From and To, whatever its user agent is set to. */
const SCANNER_DISPLAY = "sipvicious";
const SCANNER_USER = "100";
const SCANNER_HOST = "1.1.1.1";

/**
 * The refusal of a scanner's message. One forged packet must not block anyone, so only a proven one does; and not at a trunk or an
 * office, where it may be one caller's display name among many.
 */
export function refuseScanner(
  state: PolicyState,
  source: Source,
  arrival: Arrival,
  isProven: boolean,
): Reason | undefined {
  const reason = scannerReason(state, arrival.message);
  if (reason !== undefined && isProven && !isInGoodStanding(source, arrival.atMs))
    blockSource(state, source, arrival, reason);
  return reason;
}

/** Why the message is a scanner's, or undefined. */
export function scannerReason(state: PolicyState, message: SipMessage): Reason | undefined {
  const pattern = state.agents.match(message.agent) ?? fingerprintOf(message);
  return pattern === undefined ? undefined : { gate: "scanner", agent: message.agent, pattern };
}

function fingerprintOf(message: SipMessage): string | undefined {
  if (isScannerDisplay(message.fromDisplay) || isScannerDisplay(message.toDisplay)) return SCANNER_DISPLAY;
  const isFrom = message.fromUser === SCANNER_USER && message.fromHost === SCANNER_HOST;
  const isTo = message.toUser === SCANNER_USER && message.toHost === SCANNER_HOST;
  return isFrom || isTo ? `${SCANNER_USER}@${SCANNER_HOST}` : undefined;
}

function isScannerDisplay(display: string): boolean {
  return display.length >= SCANNER_DISPLAY.length && display.toLowerCase().includes(SCANNER_DISPLAY);
}
