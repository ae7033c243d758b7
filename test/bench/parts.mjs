/** The parts of `npm run bench`, the weightiest first: what is run, and how long it may take. */

const script = (name) => `test/bench/${name}`;
const part = (name, limitSeconds, words, more = {}) => {
  const command = `${more.isRoot === false ? "" : "sudo "}node ${words.join(" ")}`;
  return { name, limitSeconds, words, command, givesText: more.givesText ?? false };
};

/** Of those with `givesText` the output itself is the table. */
export const parts = [
  part("side", 340, [script("side.bench.mjs")]),
  part("guesses", 150, [script("with-lab.mjs"), "guesses"]),
  part("floods", 360, [script("with-lab.mjs"), "floods"]),
  part("crowd", 90, [script("crowd.bench.mjs")], { givesText: true }),
  part("size", 120, ["--expose-gc", script("size.bench.mjs")], { isRoot: false }),
  part("kernel", 90, [script("kernel.bench.mjs")]),
  part("reader", 60, [script("reader.bench.mjs")], { isRoot: false }),
  part("path", 40, [script("path.bench.mjs"), "40"], { isRoot: false, givesText: true }),
  part("policy", 90, [script("policy.bench.mjs")], { isRoot: false, givesText: true }),
  part("memory", 90, [script("memory.bench.mjs")], { isRoot: false, givesText: true }),
  part("lists", 120, [script("lists.bench.mjs")], { isRoot: false, givesText: true }),
  part("import", 120, [script("import.bench.mjs"), "100000"], { givesText: true }),
];
