/** A network of two namespaces, the PBX's host and the rest of the world, and the two ends of the load in it. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endProcess, makeFolder, onEnd } from "./left-over.mjs";
import { register } from "./relay-messages.mjs";

/** The two ends on the first processor, what stands between them on the last: what it takes is its own. */
export const placement = { ends: 0, between: cpus().length - 1 };
/** Addresses of the PBX's host: the PBX itself, and one for each proxy that needs an address of its own. */
export const hostAddresses = {
  pbx: "203.0.113.10",
  relay: "203.0.113.12",
  kamailio: "203.0.113.13",
  kamailioFour: "203.0.113.14",
  bare: "203.0.113.15",
};
export const innerPbx = "127.0.0.1:5080";
export const firstSource = "198.18.0.10";
/** As many that what a run loses on purpose uses up no source's credit. */
export const SOURCES = 5_000;
const SOURCE_PORT = 5_062;
/** Before all else on the machine and in turns among themselves; a sandbox may forbid the first way. */
const ahead = spawnSync("chrt", ["-r", "10", "true"]).status === 0 ? ["chrt", "-r", "10"] : ["nice", "-n", "-15"];
const source = fileURLToPath(new URL("load/load.c", import.meta.url));

/** A folder of the run, the load program in it, and the namespaces; see `makeNetwork`. */
export function layOut(name, worldwide) {
  const folder = makeFolder();
  return { folder, program: buildLoad(folder), ...makeNetwork(name, worldwide) };
}

/** Translates the load program into a folder; its path. */
export function buildLoad(folder) {
  const program = join(folder, "load");
  execFileSync("cc", ["-O2", "-o", program, source]);
  return program;
}

/** Makes the namespaces; `worldwide` are networks from which the outside may send beside the 5,000 sources. */
function makeNetwork(name, worldwide = []) {
  removeDeadNetworks();
  const [inside, outside] = [`${name}-in-${process.pid}`, `${name}-out-${process.pid}`];
  const ip = (line) => execFileSync("ip", line.split(" "), { stdio: ["ignore", "ignore", "inherit"] });
  for (const space of [inside, outside]) {
    ip(`netns add ${space}`);
    onEnd(() => ip(`netns del ${space}`));
    ip(`-n ${space} link set lo up`);
  }
  ip(`link add eth0 netns ${inside} type veth peer name eth0 netns ${outside}`);
  for (const address of Object.values(hostAddresses)) ip(`-n ${inside} address add ${address}/24 dev eth0`);
  ip(`-n ${outside} address add 203.0.113.1/24 dev eth0`);
  for (const space of [inside, outside]) ip(`-n ${space} link set eth0 up`);
  for (const network of ["198.18.0.0/15", ...worldwide]) ip(`-n ${outside} route add local ${network} dev lo`);
  ip(`-n ${inside} route add default via 203.0.113.1`);
  return { inside, outside };
}

/** Removes what runs left whose process is gone. */
function removeDeadNetworks() {
  const { stdout } = spawnSync("ip", ["netns", "list"], { encoding: "utf8" });
  for (const [name, pid] of stdout.matchAll(/^\S+-bench-(?:in|out)-(\d+)/gm)) {
    if (!existsSync(`/proc/${pid}`)) spawnSync("ip", ["netns", "del", name]);
  }
}

/** The words before a command that put it into a namespace and onto a processor, ahead of whatever else the machine does. */
export function placed(space, cpu) {
  return ["netns", "exec", space, ...ahead, "taskset", "-c", String(cpu)];
}

/** Starts the PBX's stand-in, which answers 200 to everything, at these places. */
export async function startResponder(program, space, places) {
  const child = spawn("ip", [...placed(space, placement.ends), program, "respond", ...places], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onEnd(() => endProcess(child));
  await nextLine(createInterface({ input: child.stdout }), child);
  return child;
}

/** Starts a sender; `templates` are texts of messages, by default the REGISTER with credentials of about 700 bytes. */
export async function startSender(program, space, folder, options = {}) {
  const { base = firstSource, count = SOURCES, port = SOURCE_PORT, templates = [registerTemplate()] } = options;
  const files = templates.map((text, index) => {
    const file = join(folder, `template-${base}-${port}-${index}`);
    writeFileSync(file, text);
    return file;
  });
  const words = [program, "send", base, String(count), String(port), ...files];
  const child = spawn("ip", [...placed(space, placement.ends), ...words], { stdio: ["pipe", "pipe", "inherit"] });
  onEnd(() => endProcess(child));
  const lines = createInterface({ input: child.stdout });
  await nextLine(lines, child);
  return {
    child,
    /** So many messages a second for so long, answered or not; see load.c for what comes back. */
    async pace(to, perSecond, milliseconds, template = 0) {
      child.stdin.write(`${template} ${to} ${Math.round(perSecond)} ${milliseconds}\n`);
      return JSON.parse(await nextLine(lines, child));
    },
  };
}

/** The REGISTER of the relay benchmarks as a template. */
export function registerTemplate() {
  const text = register(0, "@SOURCE@", "@PORT@").bytes.toString("latin1");
  return text.replaceAll("0-@@@@@@@@", "@NUMBER@").replaceAll(/(?<!\d)1000(?!\d)/g, "@USER@");
}

function nextLine(lines, child) {
  return new Promise((resolve, reject) => {
    const onExit = (code) => reject(new Error(`the load program ended with code ${code}`));
    child.once("exit", onExit);
    lines.once("line", (line) => {
      child.removeListener("exit", onExit);
      resolve(line);
    });
  });
}
