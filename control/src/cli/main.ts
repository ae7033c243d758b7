#!/usr/bin/env node
/** The program `sipprot`. */
import { runCommandLine } from "./run.ts";

// A reader that has seen enough (`sipprot status --all | head`) closes the pipe: no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
