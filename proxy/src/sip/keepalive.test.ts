import { expect, it } from "vitest";
import { isKeepalive } from "./keepalive.ts";

const stun = (type: string, rest = "") =>
  Buffer.from(`${type}${(rest.length / 2).toString(16).padStart(4, "0")}2112a442${"ab".repeat(12)}${rest}`, "hex");

it.each([
  ["nothing", Buffer.alloc(0), true],
  ["a line end", Buffer.from("\r\n"), true],
  ["two line ends", Buffer.from("\r\n\r\n"), true],
  ["sixteen bytes of line ends", Buffer.from("\r\n".repeat(8)), true],
  ["more line ends than any phone sends", Buffer.from(`${"\r\n".repeat(8)}\n`), false],
  ["four zeros", Buffer.alloc(4), true],
  ["five zeros", Buffer.alloc(5), false],
  ["a STUN binding request", stun("0001"), true],
  ["a STUN binding answer with an address", stun("0101", "002000080001a147e112a643"), true],
  ["a STUN indication", stun("0011"), true],
  ["a TURN allocation", stun("0003"), false],
  ["STUN with a wrong length", Buffer.concat([stun("0001"), Buffer.alloc(4)]), false],
  ["STUN without its cookie", Buffer.alloc(20), false],
  ["a text", Buffer.from("hello"), false],
])("%s", (_name, bytes, expected) => {
  expect(isKeepalive(bytes)).toBe(expected);
});
