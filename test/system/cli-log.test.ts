/** Where the command line logs: a file, the terminal, and a real syslog socket in namespaces of its own. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environmentOf } from "./cli.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../control/bin/sipprot", import.meta.url));
let store: TestRedis;
let folder: string;

beforeAll(async () => {
  store = await startTestRedis("log");
  folder = await mkdtemp(join(tmpdir(), "sipprot-log-"));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function sipprot(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await run(program, args, { env: environmentOf(store) })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");

/** A /dev of its own with a socket as a log daemon has it; prints each datagram as JSON when the commands are done. */
const syslogDaemon = `
import json, os, socket, subprocess, sys
subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/dev"], check=True)
os.mknod("/dev/null", 0o20666, os.makedev(1, 3))
os.mknod("/dev/urandom", 0o20666, os.makedev(1, 9))
daemon = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
daemon.bind("/dev/log")
for command in json.loads(sys.argv[1]):
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
daemon.settimeout(5)
while True:
    try: print(json.dumps(daemon.recv(65536).decode()))
    except TimeoutError: break`;

describe("--log", () => {
  it("appends changes to a file, and says nothing of what only looks", async () => {
    const file = join(folder, "changes.log");
    await sipprot("--log", `file://${file}`, "list", "deny", "add", "192.0.2.9");
    await sipprot("status", "--log", `file://${file}`);
    await sipprot("--log", `file://${file}`, "settings", "set", "mode", "observe");
    const lines = linesOf(await readFile(file, "utf8")).map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: 30, name: "sipprot", msg: "list entries put", list: "deny", networks: ["192.0.2.9"] },
      { level: 30, msg: "setting changed", setting: "mode", before: "protect", after: "observe" },
    ]);
  });

  it("goes to standard output or standard error, with --debug all of it", async () => {
    const out = linesOf((await sipprot("--log", "stdout://", "--json", "list", "deny", "add", "192.0.2.10")).stdout);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({ msg: "list entries put" });
    const { stderr } = await sipprot("--debug", "status");
    expect(linesOf(stderr).map((line) => JSON.parse(line).msg)).toContain("connected to the store");
    expect((await sipprot("status")).stderr).toBe("");
  });

  it("reaches the log daemon of the machine, with its name and a priority", async () => {
    const commands = [
      [program, "--log", "syslog://", "list", "deny", "add", "192.0.2.11", "--note", "x\ny"],
      [program, "--log", "syslog://", "list", "deny", "add", "0.0.0.0/0"],
      [program, "--log", "syslog://", "--debug", "status"],
    ];
    const words = ["-m", "python3", "-c", syslogDaemon, JSON.stringify(commands)];
    const { stdout } = await run("unshare", words, { env: environmentOf(store), timeout: 120_000 });
    const datagrams = linesOf(stdout).map((line) => JSON.parse(line) as string);
    const form = /^<(\d+)>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} sipprot\[\d+\]: (\{.*\})\n?\0?$/;
    const told = datagrams.map((datagram) => form.exec(datagram));
    expect(told.every((match) => match !== null)).toBe(true);
    const [notice, error] = told.map((match) => ({ priority: match?.[1], ...JSON.parse(match?.[2] ?? "{}") }));
    expect(notice).toMatchObject({ priority: "13", msg: "list entries put", networks: ["192.0.2.11"] });
    expect(error).toMatchObject({ priority: "11", msg: "command failed", err: { code: "guarded-network" } });
    expect(told.at(-1)?.[1]).toBe("15");
  });

  it("that cannot be is said before anything is done", async () => {
    const noSocket = 'mount -t tmpfs tmpfs /dev && mknod /dev/null c 1 3 && mknod /dev/urandom c 1 9 && "$@"';
    const words = [
      "-m",
      "sh",
      "-c",
      noSocket,
      "sh",
      program,
      "--log",
      "syslog://",
      "list",
      "deny",
      "add",
      "192.0.2.12",
    ];
    await expect(run("unshare", words, { env: environmentOf(store) })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is no /dev/log"),
    });
    expect(await sipprot("--log", `file://${folder}`, "list", "deny", "add", "192.0.2.12")).toMatchObject({ code: 1 });
    expect((await sipprot("check", "192.0.2.12")).stdout).toContain("not found on any list");
  });
});
