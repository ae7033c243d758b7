/** Texts of the message being read that nobody keeps, cut out of one text of all its headers. */
import { MAX_TEXT_LENGTH } from "./limits.ts";
import { decodeText } from "./text.ts";

/**
 * Headers up to this size are decoded whole, once. A text cut out of that keeps the whole alive, so a larger one, which only
 * an attacker sends often, is decoded piece by piece.
 */
const MAX_WHOLE_BYTES = 2_048;

/** Cuts texts out of one message after the other. For branches, tags, nonces and the like: looked at, hashed, forgotten. */
export class PassingText {
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;
  private whole = "";
  private isDecoded = false;

  /** Takes the headers from 0 to `end` for those to cut from. */
  begin(bytes: Buffer, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.isDecoded = false;
  }

  /** As `decodeText`. */
  cut(start: number, end: number): string {
    if (end <= start) return "";
    if (this.end > MAX_WHOLE_BYTES || end > this.end || end - start > MAX_TEXT_LENGTH) {
      return decodeText(this.bytes, start, end);
    }
    if (!this.isDecoded) {
      this.whole = this.bytes.toString("latin1", 0, this.end);
      this.isDecoded = true;
    }
    return this.whole.slice(start, end);
  }
}
