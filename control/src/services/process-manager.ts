/** Our programs under a pm2 of our own: start, stop, look. The operator's own pm2 is never touched. */
import { execFile } from "node:child_process";
import { SipprotError } from "@sipprot/shared/errors";
import { z } from "zod";
import { type Program, processManagerFolder } from "./programs.ts";

const listedSchema = z.array(
  z.object({
    name: z.string(),
    pid: z.number().optional(),
    pm2_env: z.object({
      status: z.string(),
      restart_time: z.number().default(0),
      pm_uptime: z.number().optional(),
    }),
  }),
);

/** A program as pm2 sees it. `status` is pm2's word: online, launching, stopped, errored, waiting restart. */
export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  readonly status: string;
  readonly restarts: number;
}

/** Longest that one pm2 command may take: the proxy may load lists for half a minute before it is ready. */
const COMMAND_TIMEOUT_MS = 60_000;

export class ProcessManager {
  readonly #installationFolder: string;
  readonly #configFile: string;
  readonly #home: string;

  constructor(place: {
    readonly installationFolder: string;
    readonly configFile: string;
    readonly stateFolder: string;
  }) {
    this.#installationFolder = place.installationFolder;
    this.#configFile = place.configFile;
    this.#home = processManagerFolder(place.stateFolder);
  }

  /** All programs under our pm2, whatever their state. */
  async list(): Promise<RunningProgram[]> {
    const output = await this.#run(["jlist", "--silent"]);
    // pm2 may say that it starts its daemon before it answers.
    const json = output.split("\n").find((line) => line.startsWith("["));
    const listed = listedSchema.parse(JSON.parse(json?.startsWith("[PM2]") ? "[]" : (json ?? "[]")));
    return listed.map((one) => ({
      name: one.name,
      pid: one.pid ?? 0,
      status: one.pm2_env.status,
      restarts: one.pm2_env.restart_time,
    }));
  }

  /** Starts one program of `ecosystem.config.js`; returns when pm2 takes it for started. */
  async start(name: Program["name"]): Promise<void> {
    await this.#run(["start", `${this.#installationFolder}/ecosystem.config.js`, "--only", name]);
  }

  /** Asks a program that is there to reload, as it understands it. pm2's own reload of a program like ours is a restart. */
  async askToReload(name: Program["name"]): Promise<void> {
    await this.#run(["sendSignal", "SIGHUP", name]);
  }

  /** Stops a program and forgets it, with the environment it was started with. Nothing happens when it is not there. */
  async remove(name: string): Promise<void> {
    if ((await this.list()).some((program) => program.name === name)) await this.#run(["delete", name]);
  }

  /** Stops pm2 itself; the programs must have been removed before. */
  async quit(): Promise<void> {
    await this.#run(["kill"]);
  }

  #run(args: readonly string[]): Promise<string> {
    const pm2 = `${this.#installationFolder}/node_modules/pm2/bin/pm2`;
    const env = {
      ...process.env,
      PM2_HOME: this.#home,
      PM2_DISABLE_VERSION_CHECK: "true",
      sipprot_config: this.#configFile,
    };
    return new Promise((resolve, reject) => {
      const options = { env, cwd: this.#installationFolder, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
      execFile(process.execPath, [pm2, ...args], options, (error, stdout, stderr) => {
        if (error === null) return resolve(stdout);
        reject(
          new SipprotError(
            "missing-program",
            `pm2 ${args[0]} failed: ${(stderr || stdout || error.message).trim().slice(-500)}`,
            {
              field: "pm2",
              expected: `pm2 with its folder ${this.#home}`,
              remedy: "run npm ci in the installation folder, then npm start",
            },
            error,
          ),
        );
      });
    });
  }
}
