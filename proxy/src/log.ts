/** The log: one JSON line for each thing worth knowing, to standard output; pm2 keeps it. Wire text never goes in raw. */
import { type Logger, pino } from "pino";

/** Makes the log of this process. */
export function openLog(hostName: string, isVerbose: boolean): Logger {
  return pino({ level: isVerbose ? "debug" : "info", base: { host: hostName } });
}
