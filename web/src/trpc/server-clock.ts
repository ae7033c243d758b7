/** The server's time as told by its answers: what is left of a block is counted by its clock, not by the reader's. */

/** A clock less wrong than this is left alone: the header tells whole seconds, and the way takes time. */
const TOLERANCE_MS = 2000;
let aheadMs = 0;

/** Takes the Date header of an answer. */
export function noteServerDate(header: string | null, nowMs: number): void {
  const toldMs = Date.parse(header ?? "");
  if (Number.isNaN(toldMs)) return;
  const seenMs = toldMs - nowMs;
  aheadMs = Math.abs(seenMs) < TOLERANCE_MS ? 0 : seenMs;
}

/** Now, by the server's clock. */
export function serverNowMs(): number {
  return Date.now() + aheadMs;
}
