/** A reload under load: new workers take over in the same moment, and not one message is lost or let through unread. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIRST_SOCKET_PORT, MAX_SOCKET_PAIRS_BESIDE } from "../../proxy/src/kernel/steering-description.ts";
import { Endpoint } from "../lab/attacks.ts";
import { buildSite, type Host, type Site } from "../lab/site.ts";
import { SiteClient } from "../lab/site-client.ts";
import { pause, until } from "../lab/until.ts";

const load = fileURLToPath(new URL("../bench/relay-load.mjs", import.meta.url));
const RELOADS = 5;
/** The rate of the promise, and lower ones for a machine that loses messages even when nothing is reloaded. */
const RATES = [5000, 2000, 1000, 500, 200];

/** Where the sockets of either half begin. */
const HALVES = [FIRST_SOCKET_PORT, FIRST_SOCKET_PORT + 2 * MAX_SOCKET_PAIRS_BESIDE];

interface Paced {
  readonly sent: number;
  readonly answered: number;
  readonly p99: number;
}

let site: Site;
let host: Host;
let sender: ChildProcess;

beforeAll(async () => {
  site = await buildSite(1);
  const [only] = site.hosts;
  if (only === undefined) throw new Error("no host");
  host = only;
  sender = fork(load, ["sender", "198.51.100"], {
    execPath: "ip",
    execArgv: ["netns", "exec", site.world.name, process.execPath],
  });
  await new Promise((resolve) => sender.once("message", resolve));
});
afterAll(async () => {
  sender?.kill("SIGKILL");
  await site?.remove();
});

function pace(perSecond: number, seconds: number): Promise<Paced> {
  return new Promise((resolve) => {
    sender.once("message", (paced) => resolve(paced as Paced));
    sender.send({ kind: "pace", to: { address: host.address, port: 5060 }, seconds, perSecond });
  });
}

/** The highest rate at which nothing is lost while nothing is reloaded. */
async function findRate(): Promise<number> {
  await pace(1000, 2);
  for (const rate of RATES) {
    const { sent, answered } = await pace(rate, 4);
    if (answered === sent) return rate;
  }
  throw new Error("this machine loses messages at any rate");
}

describe("a reload", () => {
  it("loses no message, five times over, and lets no scanner by in between", async () => {
    const rate = await findRate();
    const scanner = await SiteClient.open(site, 250);
    let isOver = false;
    const scanning = (async () => {
      for (; !isOver; await pause(20)) await scanner.scan(host);
    })();
    const reloading = (async () => {
      for (let count = 0; count < RELOADS; count += 1) await host.reload();
    })().finally(() => {
      isOver = true;
    });
    const rounds: Paced[] = [];
    while (!isOver) rounds.push(await pace(rate, 5));
    await Promise.all([reloading, scanning]);
    const sent = rounds.reduce((sum, round) => sum + round.sent, 0);
    const answered = rounds.reduce((sum, round) => sum + round.answered, 0);
    console.log(`${RELOADS} reloads at ${rate} messages/s: ${answered} of ${sent} answered`);
    expect(answered).toBe(sent);
    expect(await scanner.heardFrom(host)).toBe(0);
    await scanner.close();
  });

  it("tells those who are connected, who come back at once", async () => {
    const client = await SiteClient.open(site, 251);
    const stream = await client.connect(host);
    expect(stream).toBeDefined();
    await host.reload();
    await until(async () => !(await client.isOpen(host, stream ?? 0)), 3000, "the end of the connection");
    expect(await client.connect(host)).toBeDefined();
    await client.close();
  });

  it("that cannot be done leaves those before at work, and says why", async () => {
    const client = await SiteClient.open(site, 252);
    // The ports of the workers to come are taken: of one half of the range, whichever they are at.
    const squatters = await Promise.all(
      HALVES.map((port) =>
        Endpoint.open(host.space, { address: host.address, port, listens: false }).catch(() => undefined),
      ),
    );
    host.proxy.signal("SIGHUP");
    await until(() => host.proxy.output.includes("the reload failed"), 20_000, "the word about it");
    expect(host.proxy.output).toContain("EADDRINUSE");
    expect(await client.isAnswered(host)).toBe(true);
    await Promise.all(squatters.map((squatter) => squatter?.stop()));
    await host.reload();
    expect(await client.isAnswered(host)).toBe(true);
    await client.close();
  });
});
