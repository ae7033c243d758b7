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
import { type Column, drawTable } from "./table.ts";
import { escapeLines, escapeText, writeJson } from "./text.ts";

/** What the command line needs of its process. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  /** As `out`, for what must arrive: resolves when it was taken, rejects when whoever reads it went away. */
  readonly outTaken?: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  /** What is typed or piped in; without, there is nothing to read. */
  readonly input?: TypedInput;
  /** Width of the terminal that `out` goes to; undefined when it goes to a file or another program. */
  readonly columns?: number | undefined;
  /** Aborted when whoever reads `out` went away. */
  readonly readerGone?: AbortSignal;
  /** From now on Ctrl-C does not end the program but aborts the signal. */
  readonly catchInterrupt?: () => AbortSignal;
}

/** Standard input: a terminal can be told not to show what is typed. */
export interface TypedInput extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  readonly setRawMode?: (isRaw: boolean) => unknown;
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
  readonly isJson: boolean;
  /** 0 done, 1 a problem was found. Errors are thrown. */
  exitCode: 0 | 1 = 0;

  constructor(terminal: Terminal, options: GlobalOptions) {
    this.terminal = terminal;
    this.isJson = options.json === true;
    this.log = openLog(options.log, options.debug === true);
    this.config = readConfig(options.config, terminal.environment);
    this.log.debug({ configFile: this.config.configFile, stateFolder: this.config.boot.stateFolder }, "configuration");
  }

  /** Answers: the value as JSON with --json, otherwise the text, whose control characters are made visible. */
  answer(value: unknown, text: () => string): void {
    this.terminal.out(this.isJson ? `${writeJson(value, 2)}\n` : `${escapeLines(text())}\n`);
  }

  /** Says on standard error what the operator should know beside the answer. */
  warn(line: string): void {
    this.terminal.err(`${escapeText(line)}\n`);
  }

  /** A table that fits the terminal; whole when it goes to a file or another program. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
    return drawTable(columns, rows, this.terminal.columns);
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
      return await work({ redis, author: this.author, guarded: this.guarded });
    } catch (error) {
      throw error instanceof SipprotError ? error : storeTrouble(error);
    } finally {
      redis.disconnect();
    }
  }

  /** Who gave the command, now. */
  get author(): Author {
    return { by: nameCaller(this.terminal.environment), nowMs: Date.now() };
  }

  /** What must not be denied: this host, the PBX, and the address the operator is signed in from. */
  get guarded(): readonly GuardedNetwork[] {
    return findGuardedNetworks(this.config.boot, this.terminal.environment);
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
