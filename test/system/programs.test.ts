/** Programs in other languages: the answers are what the description promises, and the commands of the document work. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestControl, type TestControl } from "./control-server.ts";
import { examplesIn } from "./document-examples.ts";
import { until } from "./redis-server.ts";
import { anEvent } from "./sync-samples.ts";

const run = promisify(execFile);
let control: TestControl;
let token: string;
let folder: string;

beforeAll(async () => {
  control = await startTestControl("programs");
  token = await control.token("administrator");
  folder = await mkdtemp(join(tmpdir(), "programs-"));
});
afterAll(async () => {
  await control.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = () => ({ ...process.env, SIPPROT_URL: control.url, SIPPROT_TOKEN: token });

async function ask(path: string, method: string, input?: unknown): Promise<{ status: number; body: unknown }> {
  const isGet = method === "get";
  const query = isGet && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetch(`${control.url}/api/trpc${path}${query}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(isGet || input === undefined ? {} : { body: JSON.stringify(input) }),
  });
  return { status: response.status, body: await response.json() };
}

describe("the description the server gives", () => {
  it("needs no sign-in, and is the reviewed one", async () => {
    const response = await fetch(`${control.url}/api/openapi.json`);
    expect(response.headers.get("content-type")).toBe("application/json");
    const reviewed = await readFile(new URL("../../docs/openapi.json", import.meta.url), "utf8");
    expect(await response.json()).toEqual(JSON.parse(reviewed));
    expect((await fetch(`${control.url}/api/openapi.json`, { method: "POST" })).status).toBe(404);
  });

  it("is what is answered: by each query, by changes, and by errors", async () => {
    const response = await fetch(`${control.url}/api/openapi.json`);
    const description = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(description, "api");
    const complaintsOf = (pointer: string, body: unknown) => {
      const validate = ajv.getSchema(`api#${pointer}`);
      if (validate === undefined) throw new Error(`no schema at ${pointer}`);
      validate(body);
      return validate.errors ?? [];
    };
    const pointerOf = (path: string, method: string) =>
      `/paths/~1${path.slice(1)}/${method}/responses/200/content/application~1json/schema`;
    await writeEvents(control.redis, [anEvent("198.51.100.7")]);
    const date = new Date().toISOString().slice(0, 10);
    const network = "2001:db8:5::/48";
    const guarded = { list: "deny", networks: ["127.0.0.1"] };
    const changes: Array<[path: string, input: unknown]> = [
      ["/lists.add", { list: "deny", networks: [network] }],
      ["/lists.add", guarded],
      ["/lists.edit", { list: "deny", network, note: "x", expiresAtSeconds: null }],
      ["/settings.change", { blockThreshold: 4 }],
      ["/tokens.create", { name: "x", role: "viewer" }],
      ["/users.add", { name: "ann", role: "viewer" }],
      ["/hosts.remove", { name: "nobody" }],
      ["/users.remove", { name: "ann" }],
    ];
    for (const [path, input] of changes) {
      const { status, body } = await ask(path, "post", input);
      if (path === "/hosts.remove") expect(status).toBe(404);
      if (input === guarded) expect(body).toMatchObject({ error: { data: { code: "guarded-network" } } });
      const pointer = status === 200 ? pointerOf(path, "post") : "/components/schemas/Error";
      expect([path, complaintsOf(pointer, body), body]).toEqual([path, [], body]);
    }
    const inputs: Record<string, unknown> = {
      "/lists.page": { list: "deny" },
      "/lists.find": { list: "deny", networks: [network] },
      "/lists.consider": { list: "deny", networks: [network] },
      "/lists.offerRemoveAll": { list: "deny" },
      "/lists.export": { list: "deny" },
      "/reports.daily": { date },
      "/reports.formatted": { date, format: "csv" },
      "/stats.read": { from: date, to: date },
      "/stats.window": { fromMs: Date.now() - 3_600_000, toMs: Date.now() },
      "/explain.address": { address: "192.0.2.7" },
      "/blocks.page": {},
      "/blocks.find": { blocks: ["192.0.2.7"] },
      "/events.latest": {},
      "/events.page": {},
      "/events.export": { format: "csv" },
      "/events.offerRule": { rule: { kind: "deny-sources" } },
      "/notifications.history": {},
      "/notifications.testDialogue": { channel: "mail" },
      "/audit.page": {},
      "/audit.export": { format: "csv" },
    };
    const refused: string[] = [];
    for (const [path, methods] of Object.entries(description.paths)) {
      if (!("get" in methods) || path === "/events.live") continue;
      const { status, body } = await ask(path, "get", inputs[path]);
      if (status !== 200) refused.push(path);
      const pointer = status === 200 ? pointerOf(path, "get") : "/components/schemas/Error";
      expect([path, complaintsOf(pointer, body), body]).toEqual([path, [], body]);
    }
    // A token has no account; there is no block to ask for.
    expect(refused.sort()).toEqual(["/auth.me", "/auth.sessions", "/blocks.evidence", "/setup.progress"]);
    const { body } = await ask("/lists.add", "post", { list: "block" });
    expect(complaintsOf("/components/schemas/Error", body)).toEqual([]);
    expect(complaintsOf("/components/schemas/Error", { error: { code: 1, message: "x" } })).not.toEqual([]);
  });
});

describe("the document for other programs", () => {
  it("has curl commands that work as they stand there", async () => {
    const commands = await examplesIn("sh");
    const last = commands.pop() ?? "";
    const answers = [];
    for (const command of commands) {
      const shell = ["-euo", "pipefail", "-c", command];
      answers.push((await run("bash", shell, { env: environment(), cwd: folder })).stdout);
    }
    const [none, ...rest] = answers;
    expect(none).toBe("");
    const [added, explained, report] = rest.map((text) => JSON.parse(text).result.data);
    expect(added).toMatchObject({ added: 1, networks: ["203.0.113.7"] });
    expect(explained).toMatchObject({ verdict: "denied", deny: [{ note: "told by the CRM" }] });
    expect(report).toMatchObject({ date: new Date().toISOString().slice(0, 10), total: expect.any(Number) });
    expect(rest).toHaveLength(3);

    const follower: ChildProcess = spawn("bash", ["-c", `exec ${last}`], { env: environment(), cwd: folder });
    let heard = "";
    follower.stdout?.on("data", (bytes: Buffer) => {
      heard += bytes;
    });
    await until("the stream stands", () => heard.includes("id: "), 10_000);
    await writeEvents(control.redis, [anEvent("192.0.2.99")]);
    await until("the event is told", () => heard.includes('"source":"192.0.2.99"'));
    follower.kill();
  });

  it("has a PHP example that works as it stands there", async () => {
    const [example = ""] = await examplesIn("php");
    const file = join(folder, "example.php");
    await writeFile(
      file,
      `${example}\ntry { sipprot('nothing.here'); } catch (RuntimeException $error) { echo $error->getMessage(); }\n`,
    );
    const { stdout } = await run("php", [file], { env: environment() });
    expect(stdout.split("\n")).toEqual(["told by the PBX", "not-found: there is no such procedure "]);
  });
});
