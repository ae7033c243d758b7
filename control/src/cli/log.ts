/** Where the command line logs: what it changed, and with --debug what it does. Tables and JSON never go there. */
import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SipprotError } from "@sipprot/shared/errors";
import { destination, type Logger, pino } from "pino";

/**
 * Opens the log that `--log URI` names: `stdout://`, `stderr://`, `syslog://` or `file:///PATH`. Without a URI nothing is
 * logged, with `--debug` alone it goes to standard error.
 *
 * Throws `bad-boot-setting` for any other URI and for a file that cannot be written.
 */
export function openLog(uri: string | undefined, isDebug: boolean): Logger {
  if (uri === undefined && !isDebug) return pino({ level: "silent" });
  const options = { name: "sipprot", level: isDebug ? "debug" : "info" };
  switch (uri) {
    case undefined:
    case "stderr://":
      return pino(options, destination({ dest: 2, sync: true }));
    case "stdout://":
      return pino(options, destination({ dest: 1, sync: true }));
    case "syslog://":
      return pino(options, openSyslog());
  }
  if (!uri.startsWith("file:///")) throw badLog(uri, "there is no such kind of log");
  try {
    return pino(options, destination({ dest: fileURLToPath(uri), sync: true, append: true }));
  } catch (error) {
    throw badLog(uri, (error as Error).message);
  }
}

/** The system's own `logger` speaks to whatever collects logs here: journald, rsyslog or syslog-ng. */
function openSyslog(): Writable {
  const logger = spawn("logger", ["-t", "sipprot", "-p", "user.notice"], { stdio: ["pipe", "ignore", "ignore"] });
  // Without the program there is no log; that is no reason to fail the command.
  logger.on("error", () => {});
  logger.stdin.on("error", () => {});
  logger.unref();
  return logger.stdin;
}

function badLog(uri: string, why: string): SipprotError {
  return new SipprotError("bad-boot-setting", `cannot log to ${JSON.stringify(uri.slice(0, 200))}: ${why}`, {
    field: "--log",
    value: uri.slice(0, 200),
    expected: "stdout://, stderr://, syslog:// or file:///PATH",
  });
}
