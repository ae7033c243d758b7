/** The end of a log file, for an operator whose start failed. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Enough for the last lines, however long they are. */
const TAIL_BYTES = 16 * 1024;
const TAIL_LINES = 20;

/** The last lines of a file; says so when there is none. Never throws. */
export function readLogTail(file: string): string {
  try {
    const descriptor = openSync(file, "r");
    try {
      const size = fstatSync(descriptor).size;
      const buffer = Buffer.alloc(Math.min(TAIL_BYTES, size));
      const length = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      const lines = buffer.toString("utf8", 0, length).trimEnd().split("\n");
      return lines.slice(-TAIL_LINES).join("\n");
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "(it wrote nothing)";
  }
}
