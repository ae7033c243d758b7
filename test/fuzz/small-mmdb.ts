/** A country database of a few hundred bytes, written by the format's own text (MaxMind DB 2.0), to be broken quickly. */

type Value = string | number | { readonly [key: string]: Value };

const MARKER = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
const TYPE_STRING = 2;
const TYPE_UINT32 = 6;
const TYPE_MAP = 7;

/** A database in which every address of IPv4 has a country: by its first bit `DE`, or `FR` in the way of GeoIP2. */
export function makeSmallDatabase(): Buffer {
  const countries = [write({ country_code: "DE" }), write({ country: { iso_code: "FR" } })];
  const nodes = 1;
  // A record beyond the nodes and the sixteen zero bytes points into the data.
  const first = nodes + 16;
  const second = first + (countries[0]?.length ?? 0);
  const tree = Buffer.alloc(6);
  tree.writeUIntBE(first, 0, 3);
  tree.writeUIntBE(second, 3, 3);
  const metadata = write({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: "Test",
    ip_version: 4,
    node_count: nodes,
    record_size: 24,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...countries, MARKER, metadata]);
}

function write(value: Value): Buffer {
  if (typeof value === "string")
    return Buffer.concat([Buffer.from([(TYPE_STRING << 5) | value.length]), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([Buffer.from([(TYPE_UINT32 << 5) | bytes.length]), bytes]);
  }
  const entries = Object.entries(value);
  const parts = entries.flatMap(([key, one]) => [write(key), write(one)]);
  return Buffer.concat([Buffer.from([(TYPE_MAP << 5) | entries.length]), ...parts]);
}
