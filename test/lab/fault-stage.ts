/** A stage for faults: one host under a steady load, with scanners to be blocked and phones to be answered meanwhile. */
import { findBlocks } from "@sipprot/shared/store/block-store";
import type { Redis } from "ioredis";
import { expect } from "vitest";
import { buildSite, type Host, type Site, type SiteOptions } from "./site.ts";
import { SiteClient } from "./site-client.ts";
import { SteadyLoad } from "./steady-load.ts";
import { until } from "./until.ts";

const WELL_WITHIN_MS = 60_000;
/** The load comes from addresses below. */
const FIRST_CLIENT = 210;
const LAST_CLIENT = 250;
const gentle = { rate: 1000, roundSeconds: 3 };

export class FaultStage {
  readonly site: Site;
  readonly host: Host;
  readonly load: SteadyLoad;
  /** The test's own connection to the store; opened anew when the server was started anew. */
  redis: Redis;
  readonly #clients: SiteClient[] = [];

  private constructor(site: Site, host: Host, load: SteadyLoad, redis: Redis) {
    this.site = site;
    this.host = host;
    this.load = load;
    this.redis = redis;
  }

  static async open(options?: SiteOptions): Promise<FaultStage> {
    const site = await buildSite(1, options);
    const [host] = site.hosts;
    if (host === undefined) throw new Error("no host");
    return new FaultStage(site, host, await SteadyLoad.open(site), await site.redis.open());
  }

  /** Waits until every part of the host is well. */
  async allWell(): Promise<void> {
    let said = "";
    const isWell = async () => {
      said = (await this.host.health())?.text ?? "no answer";
      return said.includes('"status":"ok"');
    };
    await until(isWell, WELL_WITHIN_MS, "health").catch((error) => {
      throw new Error(`${error}: ${said}\n${this.host.proxy.output.slice(-2000)}`);
    });
  }

  /** Waits until health says this of a part. */
  async untilTold(part: string, said: RegExp, withinMs = 40_000): Promise<void> {
    let last = "";
    const isTold = async () => {
      last = await this.host.tellPart(part);
      return said.test(last);
    };
    await until(isTold, withinMs, `${said} of ${part}`).catch((error) => {
      throw new Error(`${error}; it says: ${last}`);
    });
  }

  /** A client at an address that nobody used before. */
  async openClient(): Promise<SiteClient> {
    const last = FIRST_CLIENT + this.#clients.length;
    if (last > LAST_CLIENT) throw new Error("there are no more addresses");
    const client = await SiteClient.open(this.site, last);
    this.#clients.push(client);
    return client;
  }

  /** A scanner comes, and the worker blocks it. */
  async blockScanner(): Promise<SiteClient> {
    const scanner = await this.openClient();
    await scanner.attack(this.host);
    await scanner.measure([this.host], false, Date.now());
    return scanner;
  }

  /** How long a new phone has to wait for an answer from now on, in milliseconds. */
  async untilAnswered(): Promise<number> {
    const phone = await this.openClient();
    const [tookMs = 0] = await phone.measure([this.host], true, Date.now());
    return tookMs;
  }

  async isStored(client: SiteClient): Promise<boolean> {
    return (await findBlocks(this.redis, client.address)).length > 0;
  }

  async untilStored(client: SiteClient, withinMs = 15_000): Promise<void> {
    await until(() => this.isStored(client), withinMs, `the block of ${client.address} in the store`);
  }

  async startRedis(): Promise<void> {
    await this.site.redis.start();
    this.redis = await this.site.redis.open();
  }

  /** Does the work under load; not one message may be lost. */
  async loseNothing(work: () => Promise<unknown>): Promise<void> {
    const { sent, answered } = await this.load.during(this.host, work, gentle);
    expect(sent).toBeGreaterThan(100);
    expect(answered).toBe(sent);
  }

  async close(): Promise<void> {
    this.load.close();
    await Promise.all(this.#clients.map((client) => client.close()));
    await this.site.remove();
  }
}
