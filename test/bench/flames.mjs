/** Folds the stacks that `perf script` prints and draws them as an SVG flame graph: width is time, the bottom is the event loop. */

const WIDTH = 1_600;
const ROW = 17;
/** Narrower frames are left out. */
const MIN_WIDTH = 1.2;
const CHARACTER_WIDTH = 6.4;

/** Frames that only say that JavaScript runs. */
const noise =
  /^(Builtins_(JS|Interp|Arguments)|v8::internal::\(anonymous|_start|__libc_start|main$|start_thread|clone)/;
/** The first that fits the innermost telling frame names the group. */
const groups = [
  ["kernel: sending", /^(__sys_sendmmsg|__x64_sys_sendmmsg|__sys_sendmsg|__sys_sendto|___sys_sendmsg)/],
  ["kernel: receiving", /^(__sys_recvmmsg|do_recvmmsg|__sys_recvmsg|___sys_recvmsg|__sys_recvfrom)/],
  ["kernel: waiting", /^(do_epoll_wait|__x64_sys_epoll|ep_poll)/],
  ["kernel: memory", /^(asm_exc_page_fault|exc_page_fault|__x64_sys_(munmap|mmap|madvise|mprotect|brk))/],
  ["JavaScript: garbage collection", /^v8::internal::(Heap|Scaveng|MarkCompact|GCTracer|IncrementalMarking)/],
  [
    "JavaScript: compiling",
    /^v8::internal::(compiler|OptimizedCompilationJob|maglev|Compiler|baseline|TurbofanCompilationJob)/,
  ],
  ["JavaScript: reader", / sip\//],
  ["JavaScript: policy", / policy\//],
  ["JavaScript: relay and batches", / (relay|batch)\//],
  ["koffi", /^koffi$/],
  ["Node's dgram", /node:dgram|UDPWrap|uv__udp/],
];

/** A tree of frames, each with its samples, and the share of each group. */
export function foldStacks(text) {
  const root = { name: "worker", samples: 0, children: new Map() };
  const counts = new Map();
  for (const block of text.split("\n\n")) {
    const [, ...lines] = block.trim().split("\n");
    const frames = withoutLostCallers(lines.map(nameOf).filter((name) => name !== ""));
    if (frames.length === 0) continue;
    const group = groupOf(frames);
    counts.set(group, (counts.get(group) ?? 0) + 1);
    let node = root;
    root.samples += 1;
    for (const name of frames.reverse().filter((frame) => !noise.test(frame))) {
      const child = node.children.get(name) ?? { name, samples: 0, children: new Map() };
      node.children.set(name, child);
      child.samples += 1;
      node = child;
    }
  }
  const shares = [...counts].map(([group, count]) => [group, count / root.samples]);
  return { root, groups: shares.sort((one, other) => other[1] - one[1]) };
}

/** The picture as text. */
export function drawFlames(root, title) {
  const shapes = [];
  const depth = draw(root, 0, 0, WIDTH / root.samples, root.samples, shapes);
  const height = (depth + 2) * ROW + 10;
  const turned = shapes.map(({ x, row, width, name, share }) => {
    const y = height - (row + 1) * ROW - 4;
    const room = Math.floor(width / CHARACTER_WIDTH);
    const label = room < 3 ? "" : name.length <= room ? name : `${name.slice(0, room - 1)}…`;
    const text = label === "" ? "" : `<text x="${(x + 2).toFixed(1)}" y="${y + 12}">${escaped(label)}</text>`;
    return `<g><title>${escaped(name)} ${(share * 100).toFixed(2)} %</title><rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(name)}"/>${text}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/><text x="6" y="14" font-size="13">${escaped(title)}</text>
${turned.join("\n")}
</svg>
`;
}

/** Draws a frame and what it called; returns the depth reached. */
function draw(node, x, row, scale, total, shapes) {
  const width = node.samples * scale;
  if (width < MIN_WIDTH) return row;
  shapes.push({ x, row, width, name: node.name, share: node.samples / total });
  let depth = row;
  let at = x;
  for (const child of [...node.children.values()].sort((one, other) => other.samples - one.samples)) {
    depth = Math.max(depth, draw(child, at, row + 1, scale, total, shapes));
    at += child.samples * scale;
  }
  return depth;
}

/** `   7f12 JS:*read file:///…/sip/reader.js:40:5 (dso)` → `read sip/reader.js:40`; C++ without its arguments. */
function nameOf(line) {
  const [, text = "", object = ""] = /^\s*[0-9a-f]+ (.*) \((.*)\)$/.exec(line) ?? [];
  if (object.endsWith("koffi.node")) return "koffi";
  const script = /^(?:LazyCompile|Function|Script|Eval|RegExp|JS)?:?[*~^+]?(\S*) .*?\/dist\/([^ ]+?):(\d+)/.exec(text);
  if (script !== null) return `${script[1] || "(anonymous)"} ${script[2]}:${script[3]}`;
  return text
    .replace(/\(.*$/, "")
    .replace(/^JS:[*~^+]?/, "")
    .trim();
}

/** koffi makes its calls on a stack of its own, behind which perf finds callers that are none: it stands for them. */
function withoutLostCallers(frames) {
  const call = frames.findIndex((name) => name === "__sendmmsg" || name === "__recvmmsg");
  if (call >= 0) return [...frames.slice(0, call + 1), "koffi"];
  const inside = frames.indexOf("koffi");
  return inside >= 0 && frames.includes("[unknown]") ? frames.slice(0, inside + 1) : frames;
}

function groupOf(frames) {
  for (const frame of frames) {
    const found = groups.find(([, pattern]) => pattern.test(frame));
    if (found !== undefined) return found[0];
  }
  return "Node and V8, other";
}

function colourOf(name) {
  if (/(sip|policy|relay|geo)\//.test(name)) return "#f4b860";
  if (/^(v8|node|uv|Builtins|koffi|K::)/.test(name) || / node:/.test(name)) return "#c9d99a";
  return "#9cc3e6";
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
