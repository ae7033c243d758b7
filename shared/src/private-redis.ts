/** How the private Redis of a state folder is run. */
import { privateRedisSocket } from "./boot-settings.ts";

/** The folder the private Redis keeps its data in; make it with mode 700 before the server starts. */
export function privateRedisFolder(stateFolder: string): string {
  return `${stateFolder}/redis`;
}

/**
 * The arguments of `redis-server`: a Unix socket for the owner only and no TCP port; every change in an append-only
 * file that is synced each second; memory is never freed by throwing entries away.
 */
export function privateRedisArguments(stateFolder: string): string[] {
  const settings: ReadonlyArray<readonly [string, string]> = [
    ["--port", "0"],
    ["--unixsocket", privateRedisSocket(stateFolder)],
    ["--unixsocketperm", "700"],
    ["--dir", privateRedisFolder(stateFolder)],
    ["--appendonly", "yes"],
    ["--appendfsync", "everysec"],
    // A crash may cut the file's last record; the server then starts without that record instead of not at all.
    ["--aof-load-truncated", "yes"],
    ["--save", ""],
    ["--maxmemory-policy", "noeviction"],
    ["--daemonize", "no"],
    ["--loglevel", "notice"],
  ];
  return settings.flat();
}
