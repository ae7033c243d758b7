/** A program that is no part of this repository installs the packed client, is type-checked against it, and works with it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestControl, type TestControl } from "./control-server.ts";
import { examplesIn } from "./document-examples.ts";
import { anEvent } from "./sync-samples.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
let folder: string;
let program: string;
let control: TestControl;
let packed: { filename: string; unpackedSize: number; files: Array<{ path: string }> };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "third-party-"));
  program = join(folder, "program");
  const pack = ["pack", "--workspace", "@sipprot/client", "--pack-destination", folder, "--json"];
  packed = JSON.parse((await run("npm", pack, { cwd: repository })).stdout)[0];
  await cp(join(repository, "test/third-party"), program, { recursive: true });
  const install = ["install", join(folder, packed.filename), "--prefer-offline", "--no-audit", "--no-fund"];
  await run("npm", install, { cwd: program });
  control = await startTestControl("third-party");
});
afterAll(async () => {
  await control?.close();
  await rm(folder, { recursive: true, force: true });
});

type Said = [what: string, said: unknown];

/** Runs the program to its end; `onSaid` hears each thing it says. */
async function runProgram(args: readonly string[], onSaid: (said: Said) => void = () => undefined) {
  const child: ChildProcess = spawn(process.execPath, ["dist/program.js", ...args], { cwd: program });
  const ended = once(child, "close");
  const said: Said[] = [];
  let complaints = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    complaints += bytes;
  });
  if (child.stdout !== null) {
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(JSON.parse(line));
      onSaid(JSON.parse(line));
    }
  }
  const [code] = await ended;
  return { code, said, complaints };
}

/** What the compiler complains of, a line each. */
async function typeCheck(...more: string[]): Promise<string[]> {
  const tsc = join(program, "node_modules/.bin/tsc");
  const { stdout } = await run(tsc, ["-p", ".", "--pretty", "false", ...more], { cwd: program }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.split("\n").filter((line) => line !== "");
}

describe("the packed client", () => {
  it("is small, and holds nothing of the server", async () => {
    expect(packed.files.map(({ path }) => path).sort()).toEqual([
      "README.md",
      "dist/client-error.js",
      "dist/client.js",
      "dist/connection.js",
      "dist/index.js",
      "dist/options.js",
      "dist/router.js",
      "package.json",
      "sipprot-client.d.ts",
    ]);
    expect(packed.unpackedSize).toBeLessThan(150_000);
    const installed = await readdir(join(program, "node_modules/@sipprot"));
    expect(installed).toEqual(["client"]);
    for (const serverPart of ["zod", "ioredis", "pino"]) {
      expect(await readdir(join(program, "node_modules"))).not.toContain(serverPart);
    }
  });
});

describe("an outside program", () => {
  it("and the document's example are type-checked strictly, libraries and all: only a wrong use is found", async () => {
    const text = await readFile(join(program, "program.ts"), "utf8");
    await writeFile(join(program, "wrong.ts"), text.replace('list: "deny", networks', 'list: "block", networks'));
    const [example = ""] = await examplesIn("ts");
    await writeFile(join(program, "example.ts"), example);
    const complaints = await typeCheck();
    expect(complaints).toEqual([expect.stringMatching(/^wrong\.ts\(\d+,\d+\): error TS2322: Type '"block"'/)]);
    await rm(join(program, "wrong.ts"));
  });
  it("is type-checked as a bundler does it, too, with a browser's types", async () => {
    const bundler = ["--noEmit", "--lib", "es2023,dom", "--module", "esnext", "--moduleResolution", "bundler"];
    expect(await typeCheck(...bundler)).toEqual([]);
  });
  it("denies a network, reads it back, reads the report, and hears of what happens from then on", async () => {
    await writeEvents(control.redis, [anEvent("198.51.100.7"), anEvent("198.51.100.7")]);
    const token = await control.token("operator");
    const { code, said, complaints } = await runProgram([control.url, token], ([what]) => {
      if (what === "following") void writeEvents(control.redis, [anEvent("192.0.2.99")]);
    });
    expect(complaints).toBe("");
    const date = new Date().toISOString().slice(0, 10);
    expect(said).toEqual([
      ["added", ["203.0.113.0/24"]],
      ["read", ["203.0.113.0/24", "told by the CRM", expect.stringMatching(/^token:/)]],
      ["report", [date, 2, [["198.51.100.7", 2]]]],
      ["following", true],
      ["event", ["refused", "192.0.2.99", "sipcli"]],
    ]);
    expect(code).toBe(0);
  });
  it("is refused in words it can show: a wrong token, a token that may only look, a server that is away", async () => {
    const wrong = await runProgram([control.url, `sp_${"x".repeat(43)}`]);
    const viewer = await runProgram([control.url, await control.token("viewer")]);
    const away = await runProgram([`http://127.0.0.2:${control.port}`, `sp_${"x".repeat(43)}`]);
    const noToken = await runProgram([control.url, "hunter2"]);
    const failures = [wrong, viewer, away, noToken].map(({ said }) => said.at(-1)?.[1] as string[]);
    expect(failures.map(([code]) => code)).toEqual([
      "not-signed-in",
      "not-permitted",
      "server-unreachable",
      "bad-option",
    ]);
    expect(failures.map(([, message]) => message)).toEqual([
      "sign in first",
      "this needs the role operator",
      `http://127.0.0.2:${control.port} cannot be reached (ECONNREFUSED)`,
      expect.stringContaining("the option token cannot be used"),
    ]);
    expect(JSON.stringify(failures)).not.toContain("hunter2");
    for (const { code, complaints } of [wrong, viewer, away, noToken]) expect([code, complaints]).toEqual([1, ""]);
  });
});
