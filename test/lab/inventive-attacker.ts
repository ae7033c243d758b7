/** An attacker who sends every message from another address of 11.0.0.0/8, for another account (test/soak/attacker.mjs). */
import { fileURLToPath } from "node:url";
import type { Running } from "./namespace.ts";
import type { Site } from "./site.ts";
import { pause, until } from "./until.ts";

const program = fileURLToPath(new URL("../soak/attacker.mjs", import.meta.url));
/** What is on its way when it is held up has arrived by then. */
const ARRIVED_MS = 2500;

export class InventiveAttacker {
  readonly #running: Running;

  private constructor(running: Running) {
    this.#running = running;
  }

  /** Begins to send so many datagrams a second to port 5060 of the address, and opens connections beside. */
  static async start(site: Site, address: string, perSecond: number): Promise<InventiveAttacker> {
    await site.world.ip(["route replace local 11.0.0.0/8 dev lo"]);
    return new InventiveAttacker(site.world.start(process.execPath, [program, address, String(perSecond)]));
  }

  /** Ends it; how much it has sent. */
  async end(): Promise<{ datagrams: number; connections: number }> {
    this.#running.signal("SIGSTOP");
    await pause(ARRIVED_MS);
    this.#running.signal("SIGCONT");
    this.#running.signal("SIGUSR2");
    await until(() => this.#running.output.includes("}"), 5000, "the count of the attacker");
    await this.stop();
    return JSON.parse(this.#running.output.trim().split("\n")[0] ?? "{}") as { datagrams: number; connections: number };
  }

  stop(): Promise<void> {
    return this.#running.stop("SIGKILL");
  }
}
