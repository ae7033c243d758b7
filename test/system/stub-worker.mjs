/** Stands in for a worker in tests of the main process: keeps what it is told, and does what it is asked over UDP at its first endpoint. */
import { createSocket } from "node:dgram";

const known = {
  allow: new Set(),
  deny: new Set(),
  blocks: new Map(),
  strikes: {},
  failures: [],
  standing: [],
  kinds: [],
};
let start;
let settings;

process.on("disconnect", () => process.exit(0));
process.on("message", (message) => {
  known.kinds.push(message.kind);
  if (message.kind === "start") start = message;
  else if (message.kind === "settings") settings = message.settings;
  else if (message.kind === "list-put") for (const { network } of message.networks) known[message.list].add(network);
  else if (message.kind === "list-remove") for (const network of message.networks) known[message.list].delete(network);
  else if (message.kind === "blocks-put") for (const block of message.blocks) known.blocks.set(block.source, block);
  else if (message.kind === "block-lift") known.blocks.delete(message.source);
  else if (message.kind === "strikes") for (const one of message.strikes) known.strikes[one.source] = one.strikes;
  else if (message.kind === "account-failures") known.failures.push(...message.failures);
  else if (message.kind === "standing-import") known.standing.push(message.standing);
  else if (message.kind === "standing-export") tellStanding();
  else if (message.kind === "open") open();
  else if (message.kind === "stop") process.exit(0);
});

function tellStanding() {
  const portions = [{ of: start.workerIndex }, { alsoOf: start.workerIndex }];
  for (const [at, record] of portions.entries()) {
    process.send({ kind: "standing", records: [record], isFirst: at === 0, isLast: at === portions.length - 1 });
  }
}

function open() {
  const [endpoint] = start.endpoints;
  const socket = createSocket("udp4");
  socket.on("message", (bytes, peer) => {
    const asked = JSON.parse(bytes.toString());
    if (asked.crash) process.kill(process.pid, "SIGKILL");
    if (asked.effects) process.send({ kind: "effects", effects: asked.effects });
    const { allow, deny, blocks, ...rest } = known;
    const told = {
      ...rest,
      allow: [...allow],
      deny: [...deny],
      blocks: [...blocks.values()],
      settings,
      pid: process.pid,
    };
    socket.send(JSON.stringify(told), peer.port, peer.address);
  });
  socket.bind(endpoint.listen.port, endpoint.listen.address, () => {
    process.send({ kind: "ready", workerIndex: start.workerIndex, io: "dgram", whyNotBatch: "" });
    setInterval(report, 200);
  });
}

function report() {
  const endpoint = start.endpoints[0].endpoint;
  const message = { endpoint, transport: "udp", direction: "in", verdict: "pass", gate: "none", count: 2 };
  process.send({
    kind: "counters",
    counters: {
      atMs: Date.now(),
      messages: [message],
      answers: [{ endpoint, statusClass: 2, count: 1 }],
      keepalives: 0,
      latencyBuckets: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      latencySumMicroseconds: 300_005,
      receiveBufferDrops: 0,
      sendErrors: 0,
      guarded: 0,
      connectionsOpened: 0,
      connectionsShed: 0,
      connections: 3,
      receiveBufferBytes: 1,
      memoryBytes: 1,
      sources: 1,
      lastAnswerAtMs: { [endpoint]: Date.now() },
    },
  });
}
