/**
 * Half a million list entries: imported from CSV into a real Redis, shown page by page, exported.
 * Run after `npm run build`: node test/bench/lists.bench.mjs [ENTRIES]
 */
import { setTimeout as pause } from "node:timers/promises";
import { listSorts } from "@sipprot/shared/list-page";
import { exportList } from "../../control/dist/services/list-export.js";
import { ListFile } from "../../control/dist/services/list-file.js";
import { StoreMirror } from "../../control/dist/services/store-mirror.js";
import { makeFolder, onEnd, runToEnd } from "./left-over.mjs";
import { startRedis } from "./private-redis.mjs";

const count = Number(process.argv[2] ?? 500_000);
const PIECE_BYTES = 64 * 1024;
await runToEnd(main);

function since(startMs) {
  return `${(performance.now() - startMs).toFixed(0)} ms`;
}

/** The longest of several runs, in milliseconds. */
function longest(runs, work) {
  let longestMs = 0;
  for (let run = 0; run < runs; run += 1) {
    const startMs = performance.now();
    work(run);
    longestMs = Math.max(longestMs, performance.now() - startMs);
  }
  return longestMs;
}

async function main() {
  const { location, redis } = await startRedis(makeFolder());
  const mirror = await StoreMirror.open(location, () => undefined);
  onEnd(() => mirror.close());
  const lines = ["IP_ADDRESS,NOTE,TIME,ADDED_BY\r\n"];
  for (let index = 0; index < count; index += 1) {
    const address = `${11 + (index % 200)}.${(index >> 3) & 255}.${(index >> 11) & 255}.${(index * 7) & 255}`;
    lines.push(`${address},"scanner ${index % 977}, seen twice",${1_700_000_000 + index},feed ${index % 13}\r\n`);
  }
  const file = Buffer.from(lines.join(""));
  const author = { by: "bench", nowMs: Date.now() };

  let startMs = performance.now();
  const importing = await ListFile.openImport(redis, "deny", author, []);
  for (let at = 0; at < file.length; at += PIECE_BYTES) await importing.push(file.subarray(at, at + PIECE_BYTES));
  const report = await importing.end();
  console.log(`import of ${report.records} lines (${report.added} added, ${report.badCount} bad): ${since(startMs)}`);

  startMs = performance.now();
  const index = mirror.indexes.deny;
  while (index.size < report.added) await pause(20);
  await index.settled();
  console.log(`pages in step after: ${since(startMs)}; ${index.size} entries`);

  const query = { list: "deny", page: 0, size: 200, sort: "address", descending: false };
  for (const sort of listSorts) {
    const ms = longest(5, (run) => index.page({ ...query, sort, page: run * 400, descending: run % 2 === 1 }));
    console.log(`page by ${sort}: ${ms.toFixed(1)} ms at most`);
  }
  for (const filter of [
    { search: "Scanner 97" },
    { note: "seen" },
    { prefix: "11.1" },
    { containing: "11.0.0.0" },
    { countries: ["FR", "US"] },
  ]) {
    const ms = longest(5, (run) => index.page({ ...query, sort: "note", page: run, filter }));
    console.log(
      `page with ${JSON.stringify(filter)}: ${ms.toFixed(1)} ms at most, ${index.page({ ...query, filter }).total} found`,
    );
  }
  const entry = { network: "203.0.113.1", note: "one more", addedAtSeconds: 1, addedBy: "bench" };
  const ms = longest(5, () => {
    mirror.copy.apply({ kind: "list-put", list: "deny", entries: [entry] });
    index.apply([{ kind: "list-put", list: "deny", entries: [entry] }]);
  });
  console.log(`one change taken in: ${ms.toFixed(1)} ms at most`);

  startMs = performance.now();
  let bytes = 0;
  for await (const text of exportList(redis, "deny")) bytes += Buffer.byteLength(text);
  console.log(`export of ${bytes} bytes: ${since(startMs)}`);
  console.log(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
}
