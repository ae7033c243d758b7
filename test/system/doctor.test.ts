/** `sipprot doctor` asks the real programs: a fail2ban with jails of all kinds, and the control server. */
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkControl } from "../../control/src/services/doctor/control-checks.ts";
import { readJails } from "../../control/src/services/doctor/rival-checks.ts";
import { until } from "../lab/until.ts";
import { startControl, type TestControl } from "./control-in-process.ts";

const run = promisify(execFile);
let folder: string;
let client: string[];
let control: TestControl;
let end: () => Promise<void> = async () => undefined;

const jails = `[DEFAULT]
backend = polling
filter = any
enabled = true
action =
ignoreself = false
ignoreip = 127.0.0.1/8 ::1
[sshd]
logpath = FOLDER/auth.log
[asterisk]
logpath = FOLDER/messages
[guard]
logpath = FOLDER/freeswitch.log
ignoreself = true
ignoreip =
`;

beforeAll(async () => {
  control = await startControl();
  await control.reset();
  folder = await mkdtemp(join(tmpdir(), "doctor-"));
  for (const name of ["filter.d", "action.d", "jail.d"]) await mkdir(join(folder, name));
  const files = {
    "fail2ban.conf": "[Definition]\nlogtarget = STDERR\ndbfile = None\nallowipv6 = auto\n",
    "jail.conf": jails.replaceAll("FOLDER", folder),
    "filter.d/any.conf": "[Definition]\nfailregex = ^fail <HOST>$\n",
    "auth.log": "",
    messages: "",
    "freeswitch.log": "",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const place = ["-c", folder, "-s", join(folder, "socket"), "-p", join(folder, "pid")];
  client = ["fail2ban-client", ...place];
  const server = spawn("fail2ban-server", ["-f", ...place, "start"], { stdio: "ignore" });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  end = async () => {
    server.kill("SIGTERM");
    await ended;
  };
  const [command = "", ...words] = client;
  await until(
    async () => (await run(command, [...words, "status"]).catch(() => ({ stdout: "" }))).stdout.includes("guard"),
    30_000,
    "fail2ban with its jails",
  );
});
afterAll(async () => {
  await end();
  await control.close();
  await rm(folder, { recursive: true, force: true });
});

it("finds the jails of fail2ban that read the log of a PBX, and what they never ban", async () => {
  const found = await readJails(client);
  expect(found?.sort((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
    { name: "asterisk", ignored: ["127.0.0.0/8", "::1"], ignoresSelf: false },
    { name: "guard", ignored: [], ignoresSelf: true },
  ]);
  expect(await readJails(["fail2ban-client", "-s", join(folder, "nobody"), "-c", folder])).toBeUndefined();
});

it("finds the control server, also where it listens on every address, and says what is missing without it", async () => {
  const { boot } = control.config;
  const at = (address: string, port: number) => checkControl({ ...boot, control: { address, port } });
  expect(await at("127.0.0.1", control.port)).toMatchObject({ state: "ok" });
  expect(await at("0.0.0.0", control.port)).toMatchObject({ state: "ok" });
  expect(await at("127.0.0.1", 1)).toMatchObject({ state: "warning", remedy: expect.stringContaining("npm start") });
});
