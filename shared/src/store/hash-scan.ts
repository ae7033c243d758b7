/** A whole hash in portions, without ever stopping the server for long. */
import type { Redis } from "ioredis";

/** Fields asked for at a time: about a millisecond of the server's. */
const PORTION = 1000;

/**
 * Yields portions of [field, value]. What is in the hash all the while is yielded once; what is put or removed meanwhile
 * may or may not be: read the changes since the beginning afterwards.
 */
export async function* scanHash(redis: Redis, key: string, match = "*"): AsyncGenerator<Array<[string, string]>> {
  let cursor = "0";
  // The server may yield a field twice while it rehashes; a set of names would cost more than putting it twice.
  do {
    const [next, flat] = await redis.hscan(key, cursor, "MATCH", match, "COUNT", PORTION);
    cursor = next;
    const portion: Array<[string, string]> = [];
    for (let index = 0; index + 1 < flat.length; index += 2) portion.push([flat[index] ?? "", flat[index + 1] ?? ""]);
    if (portion.length > 0) yield portion;
  } while (cursor !== "0");
}
