/** The two ends of the relay benchmark, each a process of its own: `responder` answers 200 to everything, `sender` sends. */
import { createSocket } from "node:dgram";
import { answerTo, register } from "./relay-messages.mjs";

const SOURCES = 200;
const RATE = 5_000;
/** A request without an answer by then is lost, and replaced. */
const LOST_AFTER_MS = 500;
/** Where a machine may be as slow as it is: without an answer by then there will be none. */
const PATIENCE_MS = 10_000;

const literal = { type: "udp4", lookup: (address, _options, done) => done(null, address, 4) };

process.on("disconnect", () => process.exit(0));
if (process.argv[2] === "responder") runResponder(process.argv[3], Number(process.argv[4]));
else await runSender(process.argv[3], process.argv[4] !== "unsigned");

function runResponder(address, port) {
  const socket = createSocket(literal);
  socket.on("message", (bytes, remote) => {
    socket.send(answerTo(bytes), remote.port, remote.address);
  });
  socket.bind(port, address, () => {
    socket.setRecvBufferSize(4 << 20);
    process.send("ready");
  });
}

/** Takes `{ kind: "saturate" | "pace" | "steady", to, seconds, perSecond }` and gives what was measured. */
async function runSender(prefix, isSigned) {
  const sources = [];
  for (let index = 0; index < SOURCES; index += 1) {
    const socket = createSocket(literal);
    await new Promise((resolve) => socket.bind(0, `${prefix}.${index + 10}`, resolve));
    const { address, port } = socket.address();
    const message = register(index, address, port, isSigned);
    sources.push({ socket, message, sequence: 0, sentMs: 0 });
  }
  process.on("message", async ({ kind, to, seconds, perSecond = RATE }) => {
    process.send(await { saturate, pace, steady }[kind](sources, to, seconds, perSecond));
  });
  process.send("ready");
}

function send(source, to) {
  source.sequence += 1;
  source.message.number(source.sequence);
  source.sentMs = performance.now();
  source.socket.send(source.message.bytes, to.port, to.address);
}

/** One request of each source under way at any time. */
async function saturate(sources, to, seconds) {
  let answered = 0;
  let lost = 0;
  let isOver = false;
  for (const source of sources) {
    source.socket.removeAllListeners("message");
    source.socket.on("message", () => {
      if (isOver) return;
      answered += 1;
      send(source, to);
    });
    send(source, to);
  }
  const watch = setInterval(() => {
    for (const source of sources) {
      if (performance.now() - source.sentMs < LOST_AFTER_MS) continue;
      lost += 1;
      send(source, to);
    }
  }, 100);
  const startMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  isOver = true;
  clearInterval(watch);
  const perSecond = answered / ((performance.now() - startMs) / 1_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { answered, lost, perSecond };
}

/** So many requests a second, spread over the sources, whether answered or not. */
async function pace(sources, to, seconds, perSecond) {
  const times = [];
  for (const source of sources) {
    source.socket.removeAllListeners("message");
    source.socket.on("message", () => times.push(performance.now() - source.sentMs));
  }
  const startMs = performance.now();
  let sent = 0;
  await new Promise((resolve) => {
    const step = () => {
      const elapsedMs = performance.now() - startMs;
      if (elapsedMs >= seconds * 1_000) return resolve();
      for (; sent < (elapsedMs / 1_000) * perSecond; sent += 1) send(sources[sent % SOURCES], to);
      setImmediate(step);
    };
    step();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { sent, answered: times.length, p50: microseconds(times, 0.5), p99: microseconds(times, 0.99) };
}

/** What this share of the times stayed below. */
function microseconds(times, share) {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(1_000 * (sorted[Math.floor(sorted.length * share)] ?? 0));
}

/**
 * At most so many requests a second, and at most one of each of half the sources under way: what is under way has room in
 * any socket's buffer, however slow the machine is just now. What has no answer at all in the end is lost.
 */
async function steady(sources, to, seconds, perSecond) {
  const free = sources.slice(0, SOURCES / 2);
  const senders = [...free];
  let answered = 0;
  let sent = 0;
  const times = [];
  for (const source of senders) {
    source.isWaiting = false;
    source.socket.removeAllListeners("message");
    source.socket.on("message", () => {
      if (!source.isWaiting) return;
      source.isWaiting = false;
      times.push(performance.now() - source.sentMs);
      answered += 1;
      free.push(source);
    });
  }
  const startMs = performance.now();
  let elapsedMs = 0;
  while (elapsedMs < seconds * 1_000) {
    for (; free.length > 0 && sent < (elapsedMs / 1_000) * perSecond; sent += 1) {
      const source = free.shift();
      source.isWaiting = true;
      send(source, to);
    }
    // Sleeps in between: what is tested has the processor.
    await new Promise((resolve) => setTimeout(resolve, 1));
    elapsedMs = performance.now() - startMs;
  }
  const endMs = performance.now() + PATIENCE_MS;
  while (answered < sent && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    sent,
    answered,
    perSecond: Math.round(sent / seconds),
    p50: microseconds(times, 0.5),
    p99: microseconds(times, 0.99),
  };
}
