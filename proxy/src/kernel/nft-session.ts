/**
 * One nft held open: whole transactions one after the other, with their errors; what it owns in the kernel dies with it.
 *
 * nft reads one line at a time, so each transaction goes into a file and the line includes it. The end of a transaction is
 * marked by a line nft cannot carry out: the complaint about it comes back on the same stream, behind all others.
 */
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SipprotError } from "@sipprot/shared/errors";
import { type CommandPrefix, missingProgram, refused, startProgram } from "./program.ts";

/** Transactions that may wait; more come only when something is very wrong. */
const MAX_WAITING = 1000;
/** The largest transaction (a country list) takes a few seconds. */
const PATIENCE_MS = 60_000;
/** Errors kept of one transaction. */
const MAX_COMPLAINT_CHARACTERS = 4000;

interface Transaction {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: SipprotError) => void;
}

export class NftSession {
  private readonly prefix: CommandPrefix;
  private readonly onEnd: () => void;
  private readonly folder = mkdtempSync(join(tmpdir(), "sipprot-nft-"));
  private readonly waiting: Transaction[] = [];
  private child: ChildProcess | undefined;
  private current: Transaction | undefined;
  private complaints = "";
  private number = 0;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  /** `onEnd` is called when nft ended by itself: what it owned is gone. The next transaction starts a new one. */
  constructor(prefix: CommandPrefix, onEnd: () => void = () => {}) {
    this.prefix = prefix;
    this.onEnd = onEnd;
  }

  /** Carries out the text as one transaction. Rejects with `kernel-refused` or `missing-program`; then nothing was changed. */
  run(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(refused("this session is closed", ""));
      if (this.waiting.length >= MAX_WAITING) return reject(refused("too many changes are waiting", ""));
      this.waiting.push({ text, resolve, reject });
      this.next();
    });
  }

  /** Ends nft, after what was asked for is done. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    if (this.child !== undefined) await this.run("").catch(() => {});
    this.isClosed = true;
    const { child } = this;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      await new Promise<void>((resolve) => {
        child.once("close", () => resolve());
        child.stdin?.end();
      });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private next(): void {
    if (this.current !== undefined) return;
    const transaction = this.waiting.shift();
    if (transaction === undefined) return;
    this.current = transaction;
    this.complaints = "";
    this.number += 1;
    const file = join(this.folder, "transaction.nft");
    try {
      // What cleans the temporary folder takes a folder away in which nothing changed for long.
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(file, `${transaction.text}\n`, { mode: 0o600 });
    } catch (error) {
      this.finish(refused("the transaction cannot be written down", (error as Error).message));
      return;
    }
    this.child ??= this.start();
    this.child.stdin?.write(`include "${file}"\ninclude "${this.endMark()}"\n`);
    this.timer = setTimeout(() => this.child?.kill("SIGKILL"), PATIENCE_MS);
    this.timer.unref();
  }

  private endMark(): string {
    return `/no-such-file/sipprot-${this.number}.nft`;
  }

  private start(): ChildProcess {
    const command = ["nft", "-i"];
    const child = startProgram([...this.prefix, ...command]);
    let startError: unknown;
    child.stdin?.on("error", () => {});
    child.stdout?.resume();
    child.stderr?.setEncoding("latin1").on("data", (text: string) => this.hear(text));
    child.on("error", (error) => {
      startError = error;
    });
    child.on("close", () => {
      this.child = undefined;
      const error =
        startError === undefined
          ? refused("nft ended unexpectedly", this.complaints)
          : missingProgram(command, startError);
      this.finish(error);
      if (!this.isClosed) this.onEnd();
    });
    return child;
  }

  private hear(text: string): void {
    this.complaints += text;
    const mark = this.complaints.indexOf(this.endMark());
    // The complaint about the mark has three lines, the last one of carets.
    if (mark < 0 || !/\n\s*\^+\s*\n/.test(this.complaints.slice(mark))) {
      if (mark < 0 && this.complaints.length > 2 * MAX_COMPLAINT_CHARACTERS)
        this.complaints =
          this.complaints.slice(0, MAX_COMPLAINT_CHARACTERS) + this.complaints.slice(-MAX_COMPLAINT_CHARACTERS);
      return;
    }
    const before = this.complaints.slice(0, this.complaints.lastIndexOf("\n", mark) + 1);
    this.finish(/error/i.test(before) ? refused("nft refused the transaction", before) : undefined);
  }

  private finish(error: SipprotError | undefined): void {
    const { current } = this;
    if (current === undefined) return;
    this.current = undefined;
    clearTimeout(this.timer);
    if (error === undefined) current.resolve();
    else current.reject(error);
    this.next();
  }
}
