/** The country file that sipprot ships, with its records under the names of GeoLite2, which Kamailio looks for: the same search tree, so the same lookups. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const SHIPPED = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";
const MARK = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
/** Between tree and records, as the format has it. */
const SEPARATOR_BYTES = 16;
/** A map of one entry whose key is `country_code`, and a text of two letters: all that the shipped file's records are. */
const RECORD = Buffer.from("\xe1\x4ccountry_code\x42", "latin1");

/** Writes the file. Throws when the shipped one is not built as it was when this was written. */
export function writeCountryFile(name) {
  const require = createRequire(new URL("../../../shared/package.json", import.meta.url));
  const shipped = readFileSync(require.resolve(SHIPPED));
  const metadataAt = shipped.lastIndexOf(MARK);
  const metadata = shipped.subarray(metadataAt + MARK.length);
  const nodes = numberIn(metadata, "node_count");
  const recordBits = numberIn(metadata, "record_size");
  if (recordBits !== 24) throw new Error(`records of ${recordBits} bits are not known here`);
  const treeBytes = nodes * 6;
  const tree = Buffer.from(shipped.subarray(0, treeBytes));
  const data = shipped.subarray(treeBytes + SEPARATOR_BYTES, metadataAt);
  const moved = new Map();
  const records = [];
  let size = 0;
  for (let at = 0; at < treeBytes; at += 3) {
    const value = tree.readUIntBE(at, 3);
    if (value <= nodes) continue;
    const from = value - nodes - SEPARATOR_BYTES;
    if (!moved.has(from)) {
      const record = recordOf(data, from);
      moved.set(from, size);
      records.push(record);
      size += record.length;
    }
    tree.writeUIntBE(moved.get(from) + nodes + SEPARATOR_BYTES, at, 3);
  }
  writeFileSync(name, Buffer.concat([tree, Buffer.alloc(SEPARATOR_BYTES), ...records, MARK, metadata]));
}

/** `{ country: { iso_code: "XX" } }` from `{ country_code: "XX" }` at a place of the data. */
function recordOf(data, at) {
  const key = data.subarray(at + 2, at + 14).toString("latin1");
  if (data[at] !== 0xe1) throw new Error(`a record of another kind at ${at}`);
  // The key is written out once and pointed to afterwards: only its value, a text of two letters, matters.
  const codeAt = key === "country_code" ? at + RECORD.length - 1 : at + 1 + pointerBytes(data[at + 1]);
  if (data[codeAt] !== 0x42) throw new Error(`a record without a country code at ${at}`);
  const code = data.subarray(codeAt + 1, codeAt + 3);
  return Buffer.concat([Buffer.from("\xe1\x47country\xe1\x48iso_code\x42", "latin1"), code]);
}

function pointerBytes(control) {
  if (control >> 5 !== 1) throw new Error("a key that is neither text nor pointer");
  return 2 + ((control >> 3) & 3);
}

/** An unsigned number of the metadata by its name. */
function numberIn(metadata, name) {
  const at = metadata.indexOf(name) + name.length;
  const bytes = metadata[at] & 31;
  return metadata.readUIntBE(at + 1, bytes);
}
