/** Where the command line logs: what it changed, and with --debug what it does. Tables and JSON never go there. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SipprotError } from "@sipprot/shared/errors";
import { type DestinationStream, destination, type Logger, pino } from "pino";

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

/** Where every program of the machine leaves what is for its log. */
const SYSLOG_SOCKET = "/dev/log";
/** Syslog's priorities of the facility `user`, by pino's levels: crit, err, warning, notice, debug. */
const priorities: readonly (readonly [leastLevel: number, priority: number])[] = [
  [60, 10],
  [50, 11],
  [40, 12],
  [30, 13],
  [0, 15],
];

/**
 * The system's own `logger` speaks to whatever collects logs here, journald, rsyslog or syslog-ng: Node has no datagrams
 * of Unix sockets.
 */
function openSyslog(): DestinationStream {
  if (!existsSync(SYSLOG_SOCKET)) throw badLog("syslog://", `nothing collects logs here: there is no ${SYSLOG_SOCKET}`);
  const options = ["--tag", "sipprot", `--id=${process.pid}`, "--prio-prefix", "--size", "8KiB"];
  const logger = spawn("logger", options, { stdio: ["pipe", "ignore", "ignore"] });
  // Once begun, a log that breaks is no reason to fail the command.
  logger.on("error", () => {});
  logger.stdin.on("error", () => {});
  logger.unref();
  return { write: (line: string) => void logger.stdin.write(`<${priorityOf(line)}>${line}`) };
}

/** The priority of a line of pino, whose level comes first. */
function priorityOf(line: string): number {
  const level = Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? 30);
  return priorities.find(([least]) => level >= least)?.[1] ?? 13;
}

function badLog(uri: string, why: string): SipprotError {
  return new SipprotError("bad-boot-setting", `cannot log to ${JSON.stringify(uri.slice(0, 200))}: ${why}`, {
    field: "--log",
    value: uri.slice(0, 200),
    expected: "stdout://, stderr://, syslog:// or file:///PATH",
  });
}
