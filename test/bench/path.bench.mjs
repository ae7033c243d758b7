/**
 * The packet's path without sockets: what reader, policy and relay cost for a request with its answer, kernel left out.
 *
 * npm run build && node --max-inlined-bytecode-size-cumulative=3000 --max-inlined-bytecode-size=1000 test/bench/path.bench.mjs [slices] [path …]
 *
 * The messages are those of relay.bench.mjs. Told are the median and the fastest of many short slices: on a machine that
 * others use too the fastest says what the code costs.
 */
import { randomBytes } from "node:crypto";
import { createPolicy } from "../../proxy/dist/policy/view.js";
import { PolicyGatekeeper } from "../../proxy/dist/relay/policy-gatekeeper.js";
import { StatelessProxy } from "../../proxy/dist/relay/stateless-proxy.js";
import { defaultSettings } from "../../shared/dist/settings.js";
import { answerTo, register } from "./relay-messages.mjs";

const SOURCES = 200;
const SLICE_MS = 50;
const [slicesText = "60", ...wanted] = process.argv.slice(2);
const slices = Number(slicesText);

const sources = Array.from({ length: SOURCES }, (_, index) => {
  const address = `198.51.100.${index + 10}`;
  const message = register(index, address, 5060);
  return { address, message, peer: { address, port: 5060, transport: "udp", endpoint: "bench" } };
});
let sequence = 0;

/** The next request, a new transaction. */
function nextRequest() {
  const source = sources[sequence % SOURCES];
  sequence += 1;
  source.message.number(sequence);
  return source;
}

function newGatekeeper() {
  const settings = {
    ...defaultSettings,
    floodMessagesPerSecond: 1_000_000,
    floodBurstMessages: 10_000_000,
    strangerMessagesPerSecond: 0,
  };
  const policy = createPolicy({
    host: "bench",
    secret: randomBytes(32),
    settings,
    ownNetworks: [],
    country: () => undefined,
  });
  return new PolicyGatekeeper(policy);
}

const inner = { address: "127.0.0.1", port: 25_090 };
const listen = { address: "127.0.0.1", port: 25_060 };

const transparent = newGatekeeper();
const relay = newGatekeeper();
const proxy = new StatelessProxy({
  secret: randomBytes(32),
  inner,
  pbxAddress: "127.0.0.1",
  advertised: () => listen,
  isOwn: () => false,
});

const paths = {
  "messages alone": () => {
    const { message } = nextRequest();
    return answerTo(message.bytes).length;
  },
  transparent: () => {
    const { message, peer } = nextRequest();
    const { verdict } = transparent.judge(message.bytes, peer, Date.now());
    if (verdict !== "pass") throw new Error("refused");
    if (transparent.see(answerTo(message.bytes), peer, Date.now()) !== 200) throw new Error("no answer");
  },
  relay: () => {
    const { message, peer } = nextRequest();
    const { verdict } = relay.judge(message.bytes, peer, Date.now());
    if (verdict !== "pass") throw new Error("refused");
    const { address, port } = peer;
    const onward = proxy.inwardRequest(relay.message, { transport: "udp", address, port, listener: 0 });
    const back = proxy.outwardResponse(answerTo(onward.bytes), "udp");
    if (relay.seeRead(back.read, peer, Date.now()) !== 200) throw new Error("no answer");
  },
};

const names = Object.keys(paths).filter((name) => wanted.length === 0 || wanted.includes(name));
const times = Object.fromEntries(names.map((name) => [name, []]));
for (let slice = 0; slice < slices + 20; slice += 1) {
  for (const name of names) {
    const path = paths[name];
    const startMs = performance.now();
    let count = 0;
    let elapsedMs = 0;
    while (elapsedMs < SLICE_MS) {
      for (let index = 0; index < 100; index += 1) path();
      count += 100;
      elapsedMs = performance.now() - startMs;
    }
    if (slice >= 20) times[name].push((elapsedMs * 1_000) / count);
  }
}
for (const [name, measured] of Object.entries(times)) {
  measured.sort((one, other) => one - other);
  const median = measured[measured.length >> 1];
  console.log(
    `${name.padEnd(16)} ${median.toFixed(2)} µs (fastest ${measured[0].toFixed(2)}) a request with its answer`,
  );
}
