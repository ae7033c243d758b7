#!/usr/bin/env node
/** The program `sipprot`. */
import { runCommandLine } from "./run.ts";

const readerGone = new AbortController();
// A reader that has seen enough (`sipprot status --all | head`) closes the pipe: no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  readerGone.abort();
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  out: (text) => void process.stdout.write(text),
  outTaken: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    }),
  err: (text) => void process.stderr.write(text),
  // Asked for only when it is read: a terminal that nobody reads from should be left alone.
  get input() {
    return process.stdin;
  },
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  readerGone: readerGone.signal,
  catchInterrupt: () => {
    const interrupted = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
    return interrupted.signal;
  },
});
