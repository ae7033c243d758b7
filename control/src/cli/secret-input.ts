/** Reads a secret from a file or standard input, never from the arguments, which every process of the machine can read. */
import { readFile, stat } from "node:fs/promises";
import { SipprotError } from "@sipprot/shared/errors";
import { STANDARD } from "./new-file.ts";
import type { Terminal, TypedInput } from "./session.ts";

/** More than any password; whoever names a disk image should not have it read. */
const MAX_BYTES = 4096;
/** What ends a line or the input when the terminal passes every key on. */
const ENTER = /[\r\n\u0004]/;
const INTERRUPT = "\u0003";
const ERASE = /[\u0008\u007f]/;

/**
 * The secret in a file, or with `-` on standard input: typed without being shown, or piped in. What follows the first
 * line is not read.
 *
 * Throws `bad-input` naming the option when there is none.
 */
export async function readSecret(terminal: Terminal, path: string, option: string, prompt: string): Promise<string> {
  const text = path === STANDARD ? await readStandard(terminal, prompt) : await readSecretFile(path, option);
  const secret = text.split(/\r?\n/, 1)[0] ?? "";
  if (secret !== "") return secret;
  throw badSecret(option, path, "it is empty");
}

async function readSecretFile(path: string, option: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path, "utf8");
  } catch (error) {
    throw badSecret(option, path, (error as Error).message);
  }
  throw badSecret(option, path, `it has more than ${MAX_BYTES} bytes`);
}

async function readStandard(terminal: Terminal, prompt: string): Promise<string> {
  const { input } = terminal;
  if (input === undefined) return "";
  return input.isTTY === true && input.setRawMode !== undefined ? readTyped(terminal, input, prompt) : readPiped(input);
}

async function readPiped(input: TypedInput): Promise<string> {
  let text = "";
  for await (const piece of input) {
    text += piece.toString();
    if (text.length > MAX_BYTES || text.includes("\n")) break;
  }
  return text.slice(0, MAX_BYTES);
}

/** Keys as they come, shown nowhere. */
async function readTyped(terminal: Terminal, input: TypedInput, prompt: string): Promise<string> {
  terminal.err(`${prompt}: `);
  input.setRawMode?.(true);
  try {
    let text = "";
    for await (const piece of input) {
      for (const key of piece.toString()) {
        if (key === INTERRUPT) throw new SipprotError("not-permitted", "given up");
        if (ENTER.test(key)) return text;
        if (ERASE.test(key)) text = [...text].slice(0, -1).join("");
        else if (text.length < MAX_BYTES) text += key;
      }
    }
    return text;
  } finally {
    input.setRawMode?.(false);
    terminal.err("\n");
  }
}

function badSecret(option: string, path: string, why: string): SipprotError {
  return new SipprotError("bad-input", `no secret could be read: ${why}`, {
    field: option,
    value: path,
    expected: "a file with the secret in its first line, or - to type it or pipe it in",
  });
}
