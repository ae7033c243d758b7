/** A canonical address as 32-bit numbers, written into an array that is used again: lookups allocate nothing. */

/** Words an address may take: one for IPv4, four for IPv6. */
export const ADDRESS_WORDS = 4;

/**
 * Writes the words of a canonical address (see shared/address) into `words` and returns its length in bits, 32 or 128.
 * The text must be canonical: nothing is checked again here.
 */
export function readAddressWords(canonical: string, words: Int32Array): 32 | 128 {
  return canonical.includes(":") ? readIPv6(canonical, words) : readIPv4(canonical, words);
}

function readIPv4(canonical: string, words: Int32Array): 32 {
  let word = 0;
  let octet = 0;
  for (let at = 0; at < canonical.length; at += 1) {
    const code = canonical.charCodeAt(at);
    if (code === 0x2e) {
      word = (word << 8) | octet;
      octet = 0;
    } else octet = octet * 10 + code - 0x30;
  }
  words[0] = (word << 8) | octet;
  return 32;
}

const groups = new Int32Array(8);

function readIPv6(canonical: string, words: Int32Array): 128 {
  groups.fill(0);
  let count = 0;
  let gapAt = -1;
  let value = 0;
  let digits = 0;
  for (let at = 0; at < canonical.length && count < 8; at += 1) {
    const code = canonical.charCodeAt(at);
    if (code !== 0x3a) {
      value = (value << 4) | (code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57);
      digits += 1;
      continue;
    }
    if (digits > 0) groups[count++] = value;
    else gapAt = count;
    value = 0;
    digits = 0;
  }
  if (digits > 0 && count < 8) groups[count++] = value;
  if (gapAt >= 0) {
    // "::" stands for the zeros that fill eight groups: what was read behind it moves to the end.
    const behind = count - gapAt;
    for (let index = 1; index <= behind; index += 1) {
      const from = count - index;
      groups[8 - index] = groups[from] ?? 0;
      if (from < 8 - behind) groups[from] = 0;
    }
  }
  for (let index = 0; index < 4; index += 1) {
    words[index] = ((groups[index * 2] ?? 0) << 16) | (groups[index * 2 + 1] ?? 0);
  }
  return 128;
}
