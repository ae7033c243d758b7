/** A steady load from the world on one host: at most so many messages a second, and the count of those without an answer. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Host, Site } from "./site.ts";

const program = fileURLToPath(new URL("../bench/relay-load.mjs", import.meta.url));
/** At most; a busy machine does less. */
const RATE = 5000;
const ROUND_SECONDS = 10;

export interface Steady {
  readonly sent: number;
  readonly answered: number;
  readonly perSecond: number;
}

/** One round, with the time to the answer in microseconds. */
export interface Round extends Steady {
  readonly p50: number;
  readonly p99: number;
}

export interface LoadOptions {
  /** At most so many messages a second. */
  readonly rate?: number;
  /** The load is counted in rounds of this length; the last one begun is brought to its end. */
  readonly roundSeconds?: number;
  /** Told of each round. */
  readonly onRound?: (round: Round) => void;
}

export class SteadyLoad {
  readonly #sender: ChildProcess;

  private constructor(sender: ChildProcess) {
    this.#sender = sender;
  }

  /** Opens two hundred sources, from 198.51.100.10 on. */
  static async open(site: Site): Promise<SteadyLoad> {
    const sender = fork(program, ["sender", "198.51.100", "unsigned"], {
      execPath: "ip",
      execArgv: ["netns", "exec", site.world.name, process.execPath],
    });
    await new Promise((resolve) => sender.once("message", resolve));
    return new SteadyLoad(sender);
  }

  /** Sends steadily for as long as the work takes; tells what became of all of it. */
  async during(host: Host, work: () => Promise<unknown>, options: LoadOptions = {}): Promise<Steady> {
    const { rate = RATE, roundSeconds = ROUND_SECONDS } = options;
    let isOver = false;
    const ended = work().finally(() => {
      isOver = true;
    });
    ended.catch(() => undefined);
    let [sent, answered, rounds, perSecond] = [0, 0, 0, 0];
    while (!isOver) {
      const round = await this.#sendRound(host, roundSeconds, rate);
      options.onRound?.(round);
      sent += round.sent;
      answered += round.answered;
      perSecond += round.perSecond;
      rounds += 1;
    }
    await ended;
    return { sent, answered, perSecond: Math.round(perSecond / rounds) };
  }

  /** Of the process that sends. */
  get pid(): number {
    return this.#sender.pid ?? 0;
  }

  close(): void {
    this.#sender.kill("SIGKILL");
  }

  #sendRound(host: Host, seconds: number, perSecond: number): Promise<Round> {
    return new Promise((resolve) => {
      this.#sender.once("message", (steady) => resolve(steady as Round));
      this.#sender.send({ kind: "steady", to: { address: host.address, port: 5060 }, seconds, perSecond });
    });
  }
}
