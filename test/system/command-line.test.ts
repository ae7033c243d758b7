/** The command `sipprot` as an operator runs it: the built program in a process of its own, against a real store. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

const program = fileURLToPath(new URL("../../control/bin/sipprot", import.meta.url));
let store: TestRedis;
let folder: string;

beforeAll(async () => {
  store = await startTestRedis("command-line");
  folder = await mkdtemp(join(tmpdir(), "control-link-"));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(command: string, ...args: string[]): Promise<Answer> {
  const env = { PATH: process.env["PATH"], SIPPROT_STATE: store.location.stateFolder, SIPPROT_HEALTH: "127.0.0.1:1" };
  return new Promise((resolve) => {
    const child = execFile(command, args, { env, cwd: "/" }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

describe("the command sipprot", () => {
  it("works from any folder, through a link, and ends by itself", async () => {
    const link = join(folder, "sipprot");
    await symlink(program, link);
    const answer = await run(link, "status", "--json");
    expect(answer).toEqual({ code: 0, err: "", out: '{\n  "allow": 0,\n  "deny": 0,\n  "dynamic": 0\n}\n' });
  });

  it("tells its exit codes apart: done, not done, not understood", async () => {
    expect(await run(program, "list", "allow", "add", "198.51.100.0/24", "--note", "office")).toMatchObject({
      code: 0,
    });
    const guarded = await run(program, "list", "deny", "add", "198.51.100.7", "--json");
    expect(guarded).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(guarded.err).error).toMatchObject({ code: "guarded-network", value: "198.51.100.7" });
    expect(await run(program, "nonsense")).toMatchObject({ code: 2, out: "" });
  });

  it("does not complain when its reader has seen enough", async () => {
    const ended = await new Promise<{ code: number | null; err: string }>((resolve) => {
      const child = spawn("bash", ["-c", `set -o pipefail; "${program}" settings get | head -1`], {
        env: { ...process.env, SIPPROT_STATE: store.location.stateFolder },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let err = "";
      child.stderr.on("data", (bytes: Buffer) => {
        err += bytes.toString();
      });
      child.on("close", (code) => resolve({ code, err }));
    });
    expect(ended).toEqual({ code: 0, err: "" });
  });

  it("says what to do while the store is down, and leaves nothing half-done", async () => {
    await store.kill();
    const answer = await run(program, "list", "deny", "add", "192.0.2.200");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("store-unreachable");
    await store.start();
    expect((await run(program, "check", "192.0.2.200")).out).toContain("not found on any list");
    expect((await run(program, "check", "198.51.100.7")).out).toContain("found in Allowlist");
  });
});
