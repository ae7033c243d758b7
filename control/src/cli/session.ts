/** One call of the command line: its global options, the store it works on, and the two ways it answers. */
import { SipprotError } from "@sipprot/shared/errors";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";
import type { Author } from "@sipprot/shared/store/list-store";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import { type Config, readConfig } from "../config.ts";
import { findGuardedNetworks, nameCaller } from "../services/caller.ts";
import { requireLayout } from "../services/setup.ts";
import { openLog } from "./log.ts";
import { escapeLines } from "./text.ts";

/** What the command line needs of its process. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export interface GlobalOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly log?: string;
  readonly debug?: boolean;
}

/** The store, and who works on it. */
export interface Store {
  readonly redis: Redis;
  readonly author: Author;
  readonly guarded: readonly GuardedNetwork[];
}

export class Session {
  readonly terminal: Terminal;
  readonly config: Config;
  readonly log: Logger;
  /** 0 done, 1 a problem was found. Errors are thrown. */
  exitCode: 0 | 1 = 0;
  readonly #isJson: boolean;

  constructor(terminal: Terminal, options: GlobalOptions) {
    this.terminal = terminal;
    this.#isJson = options.json === true;
    this.log = openLog(options.log, options.debug === true);
    this.config = readConfig(options.config, terminal.environment);
    this.log.debug({ configFile: this.config.configFile, stateFolder: this.config.boot.stateFolder }, "configuration");
  }

  /** Answers: the value as JSON with --json, otherwise the text, whose control characters are made visible. */
  answer(value: unknown, text: () => string): void {
    this.terminal.out(this.#isJson ? `${JSON.stringify(value, null, 2)}\n` : `${escapeLines(text())}\n`);
  }

  /**
   * Does a piece of work on the store and closes it. The proxy need not run.
   *
   * Throws what the work throws, and `store-unreachable` for what Redis refuses.
   */
  async withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
    const redis = await openBriefConnection(this.config.boot);
    this.log.debug("connected to the store");
    try {
      await requireLayout(redis);
      const author = { by: nameCaller(this.terminal.environment), nowMs: Date.now() };
      return await work({
        redis,
        author,
        guarded: findGuardedNetworks(this.config.boot, this.terminal.environment),
      });
    } catch (error) {
      throw error instanceof SipprotError ? error : storeTrouble(error);
    } finally {
      redis.disconnect();
    }
  }
}

function storeTrouble(error: unknown): SipprotError {
  return new SipprotError(
    "store-unreachable",
    `the store could not do it: ${error instanceof Error ? error.message : String(error)}`,
    { field: "SIPPROT_REDIS_URL", remedy: "look for the reason with: sipprot doctor" },
    error,
  );
}
