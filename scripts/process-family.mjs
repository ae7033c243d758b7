/** A process with all its descendants: what a run leaves when it is ended holds ports, folders and its output. */
import { readdirSync, readFileSync } from "node:fs";

/**
 * Kills the process and everything it started.
 * @param {number} pid
 */
export function killFamily(pid) {
  for (const member of findFamily(pid)) {
    try {
      process.kill(member, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/**
 * The process and its descendants, the eldest first.
 * @param {number} pid
 * @returns {number[]}
 */
export function findFamily(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(name);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const member of family) family.push(...(children.get(member) ?? []));
  return family;
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    // The name before it, in brackets, may hold anything.
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
