/** Breaks bytes in the ways that break readers: pieces put in, cut out, doubled, cut off, single bytes changed. */
import { pick, type Random } from "./random.ts";

/** What the grammars of SIP and its neighbours turn on. */
const pieces = [
  ...["\r\n", "\r\n\r\n", "\n", "\r", "\0", '"', "\\", "<", ">", ";", ",", "@", ":", "=", "[", "]", " ", "\t", "\xff"],
  ...["\r\n ", "Via: ", "Content-Length: 4294967296", "sip:", ";tag=", 'Authorization: Digest nonce="', "SIP/2.0"],
  ...["l: 0\r\n", "%00", "\xc3\x28", "\xef\xbb\xbf", "-1", "2001:db8::/129", '""', "sep=;\n"],
].map((text) => Buffer.from(text, "latin1"));

/** One to four changes to one of the seeds. */
export function mutate(random: Random, seeds: readonly Buffer[]): Buffer {
  let bytes = pick(random, seeds);
  for (let times = 1 + random(4); times > 0; times -= 1) bytes = mutateOnce(random, bytes);
  return bytes;
}

function mutateOnce(random: Random, bytes: Buffer): Buffer {
  const at = random(bytes.length + 1);
  switch (random(5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), pick(random, pieces), bytes.subarray(at)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(20))]);
    case 2: {
      const changed = Buffer.from(bytes);
      if (at < changed.length) changed[at] = random(256);
      return changed;
    }
    case 3:
      return bytes.subarray(0, at);
    default: {
      const from = random(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + random(200)), bytes.subarray(at)]);
    }
  }
}
