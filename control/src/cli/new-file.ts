/** What the command line writes out: to a file that does not exist yet and only its owner may read, or to standard output. */
import { open, rm } from "node:fs/promises";
import { SipprotError } from "@sipprot/shared/errors";
import type { Terminal } from "./session.ts";

/** Stands for standard output, or standard input where a file is read. */
export const STANDARD = "-";

/**
 * Writes texts to standard output, each only when the one before was taken. Throws `not-permitted` when the reader went
 * away: half an export must not look like a whole one.
 */
export async function writeToStandardOutput(terminal: Terminal, texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) {
    if (terminal.outTaken === undefined) terminal.out(text);
    else await terminal.outTaken(text).catch((error: Error) => Promise.reject(fileTrouble("standard output", error)));
  }
}

/**
 * Writes texts to a new file, safely on the disk when it returns. What fails leaves no file behind. A file that is
 * there is not overwritten: it may be the only backup. Returns the number of bytes.
 *
 * Throws `not-permitted` with the system's own reason.
 */
export async function writeNewFile(path: string, texts: AsyncIterable<string>): Promise<number> {
  const file = await open(path, "wx", 0o600).catch((error: Error) => Promise.reject(fileTrouble(path, error)));
  let bytes = 0;
  try {
    for await (const text of texts) {
      const { bytesWritten } = await file.write(text).catch((error: Error) => Promise.reject(fileTrouble(path, error)));
      bytes += bytesWritten;
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return bytes;
}

function fileTrouble(path: string, error: Error): SipprotError {
  return new SipprotError("not-permitted", `${path} cannot be written: ${error.message}`, {
    field: "FILE",
    value: path,
    expected: "a file that does not exist yet, in a folder that may be written, on a disk with room",
  });
}
