/**
 * Loaded before a Node program (`node --import`): sets its wall clock forth or back as an operator would the machine's, by as
 * many milliseconds as the file says that the address names (`?file=`). The even clock of the machine goes on as it does.
 */
import { readFileSync } from "node:fs";

const LOOK_EVERY_MS = 50;
const file = new URL(import.meta.url).searchParams.get("file") ?? "";
const RealDate = Date;
let offsetMs = readOffset();
setInterval(() => {
  offsetMs = readOffset();
}, LOOK_EVERY_MS).unref();

globalThis.Date = new Proxy(RealDate, {
  construct: (_, given) => (given.length === 0 ? new RealDate(now()) : Reflect.construct(RealDate, given)),
  get: (_, name) => (name === "now" ? now : Reflect.get(RealDate, name)),
});

function now() {
  return RealDate.now() + offsetMs;
}

function readOffset() {
  return Number(readFileSync(file, "utf8"));
}
