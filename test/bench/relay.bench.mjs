/**
 * Relay mode under load on loopback: requests a second, CPU a request, and the latency a request and its answer gain.
 *
 * npm run build && node test/bench/relay.bench.mjs [seconds]
 *
 * Three processes: this one sends (200 sources, one REGISTER with credentials of about 700 bytes each at a time, then
 * 5,000 a second), a responder answers 200 to everything, and the real worker stands between them.
 */
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(import.meta.url);
const worker = fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url));
const SOURCES = 200;
const RATE = 5_000;
const LISTEN = { address: "127.0.0.1", port: 25_060 };
const INNER = { address: "127.0.0.1", port: 25_090 };
const PBX = { address: "127.0.0.1", port: 25_080 };
/** Ticks of /proc/PID/stat: 100 a second on every Linux that matters. */
const TICKS_A_SECOND = 100;

if (process.argv[2] === "responder") runResponder();
else await runBench(Number(process.argv[2] ?? 5));

function runResponder() {
  const socket = createSocket({ type: "udp4", lookup: (address, _options, done) => done(null, address, 4) });
  socket.on("message", (bytes, remote) => {
    const text = bytes.toString("latin1");
    const kept = text.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq|contact):/i.test(line));
    const answer = `SIP/2.0 200 OK\r\n${kept.join("\r\n")}\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n`;
    socket.send(Buffer.from(answer, "latin1"), remote.port, remote.address);
  });
  socket.bind(PBX.port, PBX.address, () => {
    socket.setRecvBufferSize(4 << 20);
    process.send?.("ready");
  });
  process.on("disconnect", () => process.exit(0));
}

async function runBench(seconds) {
  const responder = fork(here, ["responder"]);
  await new Promise((resolve) => responder.once("message", resolve));
  const gate = fork(worker, [], { serialization: "advanced" });
  let counters;
  gate.on("message", (message) => {
    if (message.kind === "counters") counters = message.counters;
    if (message.kind === "fatal") throw new Error(message.message);
  });
  const { defaultSettings } = await import("../../shared/dist/settings.js");
  gate.send({
    kind: "start",
    workerIndex: 0,
    workers: 1,
    hostName: "bench",
    secret: randomBytes(32),
    settings: { ...defaultSettings, floodMessagesPerSecond: 100_000, floodBurstMessages: 1_000_000 },
    ownNetworks: [],
    endpoints: [{ path: "relay", endpoint: "bench", transports: ["udp"], listen: LISTEN, inner: INNER, pbx: PBX }],
  });
  gate.send({ kind: "open" });
  await new Promise((resolve) => {
    gate.on("message", (message) => message.kind === "ready" && resolve());
  });

  const sources = await openSources();
  try {
    await saturate(sources, LISTEN, 1);
    const cpuBefore = cpuSeconds(gate.pid);
    const through = await saturate(sources, LISTEN, seconds);
    const cpu = cpuSeconds(gate.pid) - cpuBefore;
    const direct = await saturate(sources, PBX, Math.min(seconds, 3));
    const pacedDirect = await pace(sources, PBX, seconds);
    const pacedThrough = await pace(sources, LISTEN, seconds);
    const perRequest = (cpu / through.answered) * 1e6;
    console.log(`closed loop, ${SOURCES} sources, ${sources[0].message.length} bytes:`);
    console.log(`  through the gate  ${rate(through)} requests/s answered, ${through.lost} lost`);
    console.log(`  without the gate  ${rate(direct)} requests/s answered`);
    console.log(
      `  CPU of the worker ${perRequest.toFixed(1)} µs a request with its answer: ${Math.round(1e6 / perRequest)} requests/s a core`,
    );
    console.log(
      `at ${RATE} requests/s (${pacedThrough.answered} answered of ${pacedThrough.sent}), request and answer together:`,
    );
    for (const share of [0.5, 0.99]) {
      const with_ = quantile(pacedThrough.times, share);
      const without = quantile(pacedDirect.times, share);
      console.log(
        `  p${share * 100} ${(with_ * 1e3).toFixed(0)} µs with, ${(without * 1e3).toFixed(0)} µs without: ${((with_ - without) * 1e3).toFixed(0)} µs added`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    console.log(
      `memory of the worker ${Math.round((counters?.memoryBytes ?? 0) / 1e6)} MB, receive buffer ${counters?.receiveBufferBytes} bytes`,
    );
  } finally {
    for (const { socket } of sources) socket.close();
    gate.kill("SIGKILL");
    responder.kill("SIGKILL");
  }
}

async function openSources() {
  const sources = [];
  for (let index = 0; index < SOURCES; index += 1) {
    const socket = createSocket({ type: "udp4", lookup: (address, _options, done) => done(null, address, 4) });
    await new Promise((resolve) => socket.bind(0, `127.1.${index >> 8}.${index & 255 || 1}`, resolve));
    const { address, port } = socket.address();
    sources.push({ socket, sequence: 0, sentMs: 0, message: register(index, address, port), index });
  }
  return sources;
}

/** A REGISTER with credentials; `@@@@@@@@` is where the number of the transaction goes. */
function register(index, address, port) {
  const user = 1_000 + index;
  return Buffer.from(
    [
      "REGISTER sip:pbx.example.com SIP/2.0",
      `Via: SIP/2.0/UDP ${address}:${port};rport;branch=z9hG4bK-${index}-@@@@@@@@`,
      "Max-Forwards: 70",
      `From: "Phone ${user}" <sip:${user}@pbx.example.com>;tag=5f2c1d${index}`,
      `To: <sip:${user}@pbx.example.com>`,
      `Call-ID: 8d3b2c7a-${index}-@@@@@@@@@${address}`,
      "CSeq: 2 REGISTER",
      `Contact: <sip:${user}@${address}:${port};transport=udp>;+sip.instance="<urn:uuid:0000-${user}>";expires=3600`,
      `Authorization: Digest username="${user}", realm="asterisk", nonce="1700000000/5f2c1dd2a7c64b6e8d3b2c7a5f2c1dd2", uri="sip:pbx.example.com", response="0123456789abcdef0123456789abcdef", algorithm=MD5, cnonce="0a4f113b", qop=auth, nc=00000001`,
      "User-Agent: Example Phone 1.2.3",
      "Allow: INVITE, ACK, CANCEL, BYE, NOTIFY, REFER, MESSAGE, OPTIONS, INFO, SUBSCRIBE",
      "Supported: path",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n"),
    "latin1",
  );
}

function send(source, to) {
  source.sequence += 1;
  const number = source.sequence.toString().padStart(8, "0");
  let at = source.branchAt ?? source.message.indexOf("@@@@@@@@");
  source.branchAt = at;
  source.message.write(number, at, "latin1");
  at = source.callIdAt ?? source.message.indexOf("@@@@@@@@");
  source.callIdAt = at;
  source.message.write(number, at, "latin1");
  source.sentMs = performance.now();
  source.socket.send(source.message, to.port, to.address);
}

/** One request of each source under way at any time; a lost one is replaced after 200 ms. */
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
      if (performance.now() - source.sentMs < 200) continue;
      lost += 1;
      send(source, to);
    }
  }, 100);
  const startMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  isOver = true;
  clearInterval(watch);
  const tookSeconds = (performance.now() - startMs) / 1_000;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { answered, lost, tookSeconds };
}

/** RATE requests a second, spread over the sources, whether answered or not. */
async function pace(sources, to, seconds) {
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
      while (sent < (elapsedMs / 1_000) * RATE) {
        send(sources[sent % SOURCES], to);
        sent += 1;
      }
      setImmediate(step);
    };
    step();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { times, sent, answered: times.length };
}

function rate({ answered, tookSeconds }) {
  return Math.round(answered / tookSeconds);
}

function quantile(times, share) {
  const ordered = times.toSorted((one, other) => one - other);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
}

/** User and system time of a process so far. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}
