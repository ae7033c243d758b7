/** Live events of the control server. */
import { setTimeout as pause } from "node:timers/promises";
import type { SipEvent } from "@sipprot/shared/event";
import { writeEvents } from "@sipprot/shared/store/event-store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startControl, type TestControl } from "./control-in-process.ts";

let control: TestControl;
beforeAll(async () => {
  control = await startControl();
});
afterAll(() => control.close());
beforeEach(() => control.reset());

describe("live events", () => {
  const event = (count: number): SipEvent => ({
    kind: "refused",
    atMs: control.nowMs,
    count,
    host: "pbx1",
    endpoint: "203.0.113.10:5060",
    transport: "udp",
    source: "198.51.100.7",
    gate: "scanner",
    reason: { gate: "scanner", agent: "sipcli", pattern: "sipcli" },
    proven: false,
    method: "REGISTER",
    agent: "sipcli",
  });
  async function* follow(headers: Record<string, string>, lastEventId?: string): AsyncGenerator<string> {
    const input = lastEventId === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}`;
    const { port } = control;
    const response = await fetch(`http://127.0.0.1:${port}/api/trpc/events.live${input}`, { headers });
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        yield text.slice(0, end);
        text = text.slice(end + 2);
      }
    }
  }
  const read = async (stream: AsyncGenerator<string>): Promise<string> => {
    for await (const message of stream) if (message.includes('"kind"')) return message;
    return "";
  };

  it("come as a stream, and a client that was away misses none", async () => {
    const { cookie } = await control.signInAsAdministrator();
    await writeEvents(control.redis, [event(1)]);
    const { data } = await control.query("events.latest", { cookie }, {});
    expect(data).toMatchObject([{ events: [{ count: 1, source: "198.51.100.7" }] }]);
    const stream = follow({ cookie });
    // The first message says that the stream stands.
    expect((await stream.next()).value).toContain("connected");
    const coming = read(stream);
    await pause(100);
    await writeEvents(control.redis, [event(2)]);
    expect(await coming).toContain('"count":2');
    await writeEvents(control.redis, [event(3)]);
    const away = follow({ cookie }, data[0].id);
    const first = await read(away);
    expect([first.includes('"count":2'), first.includes('"count":1')]).toEqual([true, false]);
  });
  it("are for those who may look", async () => {
    const answer = await control.query("events.live", { accept: "text/event-stream" });
    expect(answer.text).toContain("not-signed-in");
  });
});
