/** The tables of docs/benchmarks.md out of what was measured; the prose around them stays as it was written. */

const writers = { side, guesses, floods, size, kernel, reader };

/** The document with its tables renewed: what lies between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function fillIn(text, found) {
  let filled = text;
  for (const [name, result] of Object.entries(found)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = filled.indexOf(begin);
    const to = filled.indexOf(end);
    if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for ${name}: ${begin} … ${end}`);
    const table = writers[name]?.(result) ?? `\`\`\`\n${result.text}\n\`\`\``;
    filled = `${filled.slice(0, from + begin.length)}\n${table}\n\n${aboutRun(result)}\n${filled.slice(to)}`;
  }
  return filled;
}

function aboutRun({ command, machine, atMs, load, turns, notes = [] }) {
  const day = new Date(atMs).toISOString().slice(0, 16).replace("T", " ");
  const medians =
    turns === undefined ? "" : ` Medians of ${turns} interleaved turns, in brackets the lowest and the highest.`;
  const said = notes.map((note) => ` ${note}`).join("");
  return `\`${command}\` on ${day} UTC: ${machine.processors}; ${machine.versions}; load average ${load.toFixed(1)} before.${medians}${said}`;
}

function table(heads, rows) {
  const lines = [heads, heads.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function count(number) {
  return Math.round(number).toLocaleString("en");
}

function spread({ median, least, most }, digits = 0) {
  const text = (number) => (digits === 0 ? count(number) : number.toFixed(digits));
  return `${text(median)} (${text(least)} to ${text(most)})`;
}

/** Microseconds as they are read best. */
function time(microseconds) {
  if (microseconds < 0) return "–";
  return microseconds < 1_000 ? `${Math.round(microseconds)} µs` : `${(microseconds / 1_000).toFixed(1)} ms`;
}

function timeSpread({ median, least, most }) {
  return median < 0 ? "–" : `${time(median)} (${time(least)} to ${time(most)})`;
}

function side({ rows, rates }) {
  const kamailio = rows.find(({ name }) => name === "Kamailio");
  const measured = rates.slice(0, 2);
  const cost = (row, rate) => row?.[rate].microseconds.median ?? 0;
  const capacity = table(
    [
      "",
      "requests/s at ≤ 0.1 % loss, one core",
      ...measured.map((rate) => `CPU a request with its answer at ${count(rate)}/s`),
      ...measured.map((rate) => `requests per CPU second to Kamailio's at ${count(rate)}/s`),
    ],
    rows.map((row) => [
      row.name,
      spread(row.capacity),
      ...measured.map((rate) => (cost(row, rate) === 0 ? "–" : `${spread(row[rate].microseconds, 1)} µs`)),
      ...measured.map((rate) => {
        const [theirs, ours] = [cost(kamailio, rate), cost(row, rate)];
        return theirs === 0 || ours === 0 ? "–" : (theirs / ours).toFixed(2);
      }),
    ]),
  );
  const latency = rates.map((rate) =>
    table(
      [`${count(rate)} requests/s`, "p50", "p99", "p99.9", "unanswered within 100 ms"],
      rows.map((row) => {
        const { p50, p99, p999, lost, sent } = row[rate];
        return [row.name, ...[p50, p99, p999].map(timeSpread), `${((lost / sent) * 100).toFixed(2)} %`];
      }),
    ),
  );
  return [capacity, ...latency].join("\n\n");
}

function guesses({ rows, crackSeconds }) {
  const cells = (protection, attack) => {
    const row = rows.find((one) => one.protection === protection && one.attack === attack);
    const found = attack !== "svcrack" ? [] : [row.isFound ? "found" : "not found"];
    return [count(row.reached), `${count(row.stoppedAfterMs)} ms`, ...found];
  };
  const names = [...new Set(rows.map(({ protection }) => protection))];
  return table(
    [
      "",
      `svcrack, ${crackSeconds} s: guesses that reached Asterisk`,
      "first to last",
      "the 4-digit password",
      "10,000 guesses at once: reached",
      "first to last",
    ],
    names.map((name) => [name, ...cells(name, "svcrack"), ...cells(name, "parallel")]),
  );
}

function floods({ rows, seconds }) {
  const names = [...new Set(rows.map(({ protection }) => protection))];
  const kinds = [...new Set(rows.map(({ flood }) => flood))];
  const cell = ({ tried, succeeded, p50, p99 }) =>
    `${succeeded} of ${tried}${succeeded === 0 ? "" : `, ${count(p50)} / ${count(p99)} ms`}`;
  const tables = [
    ["Registrations of known phones", "known"],
    ["Registrations of new phones", "fresh"],
    ["Calls of known phones", "calls"],
  ].map(([title, key]) =>
    table(
      [`${title}: succeeded, p50 / p99`, ...names],
      kinds.map((kind) => [
        kind,
        ...names.map((name) => {
          const row = rows.find(({ protection, flood }) => protection === name && flood === kind);
          return row === undefined ? "–" : cell(row[key]);
        }),
      ]),
    ),
  );
  return [...tables, `One phase of ${seconds} s each.`].join("\n\n");
}

function size({ rows, workerStartMs }) {
  const first = new Map();
  const lines = rows.map((row) => {
    const { kind, size: entries, microseconds, memoryBytes, inForceMs } = row;
    if (!first.has(kind)) first.set(kind, row);
    const smallest = first.get(kind);
    const ratio = microseconds.median / smallest.microseconds.median;
    const each = (memoryBytes - smallest.memoryBytes) / (entries - smallest.size);
    return [
      `${count(entries)} ${kind}`,
      `${spread(microseconds, 2)} µs`,
      ratio.toFixed(2),
      row === smallest ? "–" : `${count(each)} bytes`,
      kind === "denied networks" ? `${count(inForceMs)} ms` : "–",
    ];
  });
  const heads = ["", "a message (with its answer for phones)", "to the smallest", "memory an entry", "taken in within"];
  return `${table(heads, lines)}\n\nA worker takes traffic ${spread(workerStartMs)} ms after its start.`;
}

function kernel({ rows, ratio }) {
  const lines = rows.map(({ name, perSecond }) => [name, spread(perSecond)]);
  return `${table(["", "datagrams dropped a second"], lines)}\n\nRatio within a turn: ${spread(ratio, 3)}.`;
}

function reader({ rows }) {
  const ours = rows[0]?.perSecond.median ?? 1;
  const lines = rows.map(({ name, perSecond }) => [name, spread(perSecond), (perSecond.median / ours).toPrecision(2)]);
  return table(["", "messages of 700 bytes a second and core", "to the reader"], lines);
}
