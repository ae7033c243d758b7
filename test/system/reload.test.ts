/** A reload under load: new workers take over in the same moment, and not one message is lost or let through unread. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { FIRST_SOCKET_PORT, MAX_SOCKET_PAIRS_BESIDE } from "../../proxy/src/kernel/steering-description.ts";
import { Endpoint } from "../lab/attacks.ts";
import { buildSite, type Host, type Site } from "../lab/site.ts";
import { SiteClient } from "../lab/site-client.ts";
import { SteadyLoad } from "../lab/steady-load.ts";
import { pause, until } from "../lab/until.ts";

const RELOADS = 5;

/** Where the sockets of either half begin. */
const HALVES = [FIRST_SOCKET_PORT, FIRST_SOCKET_PORT + 2 * MAX_SOCKET_PAIRS_BESIDE];

let site: Site;
let host: Host;
let load: SteadyLoad;

beforeAll(async () => {
  site = await buildSite(1);
  const [only] = site.hosts;
  if (only === undefined) throw new Error("no host");
  host = only;
  load = await SteadyLoad.open(site);
});
afterAll(async () => {
  load?.close();
  await site?.remove();
});

async function reloadAll(): Promise<void> {
  for (let count = 0; count < RELOADS; count += 1) await host.reload();
}

/** A client that is gone when the test is over, however it ends: its address is wanted again. */
async function openClient(last: number): Promise<SiteClient> {
  const client = await SiteClient.open(site, last);
  onTestFinished(() => client.close());
  return client;
}

describe("a reload", () => {
  it("loses no message, five times over, and lets no scanner by in between", async () => {
    const scanner = await openClient(250);
    let isOver = false;
    const scanning = (async () => {
      for (; !isOver; await pause(20)) await scanner.scan(host);
    })();
    const { sent, answered, perSecond } = await load.during(host, reloadAll).finally(() => {
      isOver = true;
    });
    await scanning;
    console.log(`${RELOADS} reloads at ${perSecond} messages/s: ${answered} of ${sent} answered`);
    expect(answered).toBe(sent);
    expect(sent).toBeGreaterThan(1000);
    expect(await scanner.heardFrom(host)).toBe(0);
  });

  it("tells those who are connected, who come back at once", async () => {
    const client = await openClient(251);
    const stream = await client.connect(host);
    expect(stream).toBeDefined();
    await host.reload();
    await until(async () => !(await client.isOpen(host, stream ?? 0)), 3000, "the end of the connection");
    expect(await client.connect(host)).toBeDefined();
  });

  it("that cannot be done leaves those before at work, and says why", async () => {
    const client = await openClient(252);
    // The ports of the workers to come are taken: of one half of the range, whichever they are at.
    const squatters = await Promise.all(
      HALVES.map((port) =>
        Endpoint.open(host.space, { address: host.address, port, listens: false }).catch(() => undefined),
      ),
    );
    const before = host.proxy.output.length;
    const said = () => host.proxy.output.slice(before);
    host.proxy.signal("SIGHUP");
    await until(() => said().includes("the reload failed"), 90_000, "the word about it");
    expect(said()).toContain("EADDRINUSE");
    expect(await client.isAnswered(host)).toBe(true);
    await Promise.all(squatters.map((squatter) => squatter?.stop()));
    await host.reload();
    expect(await client.isAnswered(host)).toBe(true);
  });
});
