/** A keyed hash of texts (HalfSipHash-2-4, 64 bits): whoever does not hold the secret cannot aim at a slot or a collision. */

/** Bytes of secret the hash uses. */
export const SECRET_BYTES = 8;

/**
 * Feeds texts and numbers, then says `high` and `low`, two 32-bit halves. One object is used again and again, so hashing allocates
 * nothing; the halves are true until the next `start`.
 */
export class KeyedHash {
  high = 0;
  low = 0;
  readonly #key0: number;
  readonly #key1: number;
  #v0 = 0;
  #v1 = 0;
  #v2 = 0;
  #v3 = 0;

  /** `secret` holds at least SECRET_BYTES bytes; further ones are not used. */
  constructor(secret: Uint8Array) {
    const view = new DataView(secret.buffer, secret.byteOffset, secret.byteLength);
    this.#key0 = view.getInt32(0, true);
    this.#key1 = view.getInt32(4, true);
  }

  start(): this {
    this.#v0 = this.#key0;
    this.#v1 = this.#key1 ^ 0xee;
    this.#v2 = 0x6c796765 ^ this.#key0;
    this.#v3 = 0x74656462 ^ this.#key1;
    return this;
  }

  /** Adds a text by its low bytes (texts from the wire are latin1) and its length, so that "a","bc" is not "ab","c". */
  text(text: string): this {
    const whole = text.length & ~3;
    for (let at = 0; at < whole; at += 4) {
      this.#mix(
        (text.charCodeAt(at) & 0xff) |
          ((text.charCodeAt(at + 1) & 0xff) << 8) |
          ((text.charCodeAt(at + 2) & 0xff) << 16) |
          (text.charCodeAt(at + 3) << 24),
      );
    }
    let last = text.length << 24;
    for (let at = whole; at < text.length; at += 1) last |= (text.charCodeAt(at) & 0xff) << ((at - whole) * 8);
    this.#mix(last);
    return this;
  }

  number(value: number): this {
    this.#mix(value | 0);
    return this;
  }

  finish(): this {
    this.#v2 ^= 0xee;
    this.#rounds(4);
    this.high = this.#v1 ^ this.#v3;
    this.#v1 ^= 0xdd;
    this.#rounds(4);
    this.low = this.#v1 ^ this.#v3;
    return this;
  }

  #mix(word: number): void {
    this.#v3 ^= word;
    this.#rounds(2);
    this.#v0 ^= word;
  }

  #rounds(count: number): void {
    let v0 = this.#v0;
    let v1 = this.#v1;
    let v2 = this.#v2;
    let v3 = this.#v3;
    for (let round = 0; round < count; round += 1) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    this.#v0 = v0;
    this.#v1 = v1;
    this.#v2 = v2;
    this.#v3 = v3;
  }
}
