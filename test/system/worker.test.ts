/** The worker as a process of its own, in relay mode on loopback: what it is told, what it tells, how it ends. */
import { type ChildProcess, fork } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { connect, type Socket as Stream } from "node:net";
import { fileURLToPath } from "node:url";
import type { Counters, MainToWorker, StartMessage, WorkerToMain } from "@sipprot/proxy/worker-messages";
import { defaultSettings } from "@sipprot/shared/settings";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** The built program: run `npm run build` first. */
const program = fileURLToPath(new URL("../../proxy/dist/worker.js", import.meta.url));
const listen = { address: "127.0.0.1", port: 25_160 };
const inner = { address: "127.0.0.1", port: 25_190 };
const pbxAt = { address: "127.0.0.1", port: 25_180 };
const start: StartMessage = {
  kind: "start",
  workerIndex: 0,
  workers: 1,
  hostName: "test",
  secret: Buffer.alloc(32, 5),
  settings: defaultSettings,
  ownNetworks: [],
  endpoints: [{ path: "relay", endpoint: "127.0.0.1:25160", transports: ["udp", "tcp"], listen, inner, pbx: pbxAt }],
};

let child: ChildProcess;
let told: WorkerToMain[];
let pbx: Socket;
let pbxGot: string[];
let phone: Socket;
let wake: () => void;
let transaction: number;

beforeEach(async () => {
  told = [];
  pbxGot = [];
  transaction = 0;
  wake = () => {};
  pbx = await bind(pbxAt.port, pbxAt.address);
  pbx.on("message", (bytes) => {
    pbxGot.push(bytes.toString("latin1"));
    wake();
  });
  phone = await bind(0, "127.0.0.5");
  child = fork(program, [], { serialization: "advanced", execArgv: [] });
  child.on("message", (message: WorkerToMain) => {
    told.push(message);
    wake();
  });
  child.on("exit", () => wake());
});
afterEach(async () => {
  child.kill("SIGKILL");
  await until(() => child.exitCode !== null || child.signalCode !== null);
  pbx.close();
  phone.close();
});

function tell(...messages: readonly MainToWorker[]): void {
  for (const message of messages) child.send(message);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

function counters(): Counters[] {
  return told.flatMap((message) => (message.kind === "counters" ? [message.counters] : []));
}

async function open(): Promise<void> {
  tell(start, { kind: "open" });
  await until(() => told.some(({ kind }) => kind === "ready"));
}

function options(): string {
  transaction += 1;
  return [
    "OPTIONS sip:example.com SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.5;rport;branch=z9hG4bK${transaction}`,
    "Max-Forwards: 70",
    "From: <sip:1001@example.com>;tag=a",
    "To: <sip:example.com>",
    `Call-ID: ${transaction}`,
    "CSeq: 1 OPTIONS",
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
}

describe("the worker", () => {
  it("opens when it is told to, passes messages, and reports them", async () => {
    await open();
    phone.send(options(), listen.port, listen.address);
    await until(() => pbxGot.length === 1);
    await until(() => counters().some(({ messages }) => messages.length > 0));
    const [passed] = counters().flatMap(({ messages }) => messages);
    expect(passed).toEqual({
      endpoint: "127.0.0.1:25160",
      transport: "udp",
      direction: "in",
      verdict: "pass",
      gate: "none",
      count: 1,
    });
    expect(counters()[0]?.receiveBufferBytes).toBeGreaterThan(0);
    expect(told.find((message) => message.kind === "health")).toMatchObject({ part: { part: "geo", state: "ok" } });
  });

  it("follows the lists while it runs, allow before deny", async () => {
    tell(start, { kind: "list-put", list: "deny", networks: [{ network: "127.0.0.5" }] }, { kind: "open" });
    await until(() => told.some(({ kind }) => kind === "ready"));
    phone.send(options(), listen.port, listen.address);
    await until(() => counters().some(({ messages }) => messages.some(({ gate }) => gate === "denied")));
    expect(pbxGot).toEqual([]);
    tell({ kind: "list-put", list: "allow", networks: [{ network: "127.0.0.0/8" }] }, { kind: "standing-export" });
    await until(() => told.some(({ kind }) => kind === "standing"));
    phone.send(options(), listen.port, listen.address);
    await until(() => pbxGot.length === 1);
  });

  it("ends well when it is told to stop, and when main is gone", async () => {
    await open();
    tell({ kind: "stop" });
    await until(() => child.exitCode !== null);
    expect(child.exitCode).toBe(0);

    child = fork(program, [], { serialization: "advanced", execArgv: [] });
    child.on("message", (message: WorkerToMain) => {
      told.push(message);
      wake();
    });
    child.on("exit", () => wake());
    told = [];
    await open();
    child.disconnect();
    await until(() => child.exitCode !== null);
    expect(child.exitCode).toBe(0);
  });

  it("leaves the end to main when the whole group gets a signal", async () => {
    await open();
    child.kill("SIGINT");
    child.kill("SIGTERM");
    phone.send(options(), listen.port, listen.address);
    await until(() => pbxGot.length === 1);
    expect(child.exitCode).toBeNull();
  });

  it("says why it cannot begin", async () => {
    const other = await bind(listen.port, listen.address);
    tell(start, { kind: "open" });
    await until(() => child.exitCode !== null);
    expect(told.at(-1)).toMatchObject({ kind: "fatal", message: expect.stringContaining("EADDRINUSE") });
    expect(child.exitCode).toBe(1);
    other.close();
  });

  it("keeps serving phones while thousands of connections sit idle, and sheds what one source has too many", async () => {
    await open();
    const idle: Stream[] = [];
    for (let index = 0; index < 3_000; index += 1) {
      const stream = connect({ ...listen, host: listen.address, localAddress: `127.0.1.${1 + (index % 4)}` });
      stream.on("error", () => {});
      idle.push(stream);
    }
    await until(() => (counters().at(-1)?.connections ?? 0) >= 1_600);
    phone.send(options(), listen.port, listen.address);
    await until(() => pbxGot.length === 1);
    await until(() => counters().reduce((sum, { connectionsShed }) => sum + connectionsShed, 0) >= 1_400);
    expect(counters().at(-1)?.connections).toBe(1_600);
    for (const stream of idle) stream.destroy();
  });
});

async function bind(port: number, address: string): Promise<Socket> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, address, resolve);
  });
  return socket;
}
