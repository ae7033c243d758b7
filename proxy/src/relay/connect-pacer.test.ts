import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectPacer } from "./connect-pacer.ts";

/** Makes turns whose sockets are driven by hand, and notes who had theirs. */
function stage() {
  const pacer = new ConnectPacer();
  const opened: string[] = [];
  const sockets = new Map<string, EventEmitter>();
  const ask = (name: string, { source = name, isKnown = false, fails = false } = {}) =>
    pacer.ask(source, isKnown, () => {
      opened.push(name);
      if (fails) return undefined;
      const socket = new EventEmitter();
      sockets.set(name, socket);
      return socket as Socket;
    });
  const fill = () => ["a", "b", "c", "d"].map((name) => ask(name));
  return { opened, ask, fill, say: (name: string, event: string) => sockets.get(name)?.emit(event) };
}

describe("connections to the PBX", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are opened at once while few are being opened, four at a time beyond", () => {
    const { opened, ask, fill, say } = stage();
    fill();
    ask("e");
    ask("f");
    expect(opened).toEqual(["a", "b", "c", "d"]);
    say("b", "data");
    expect(opened).toEqual(["a", "b", "c", "d", "e"]);
    say("b", "close");
    expect(opened).toHaveLength(5);
    say("a", "close");
    expect(opened).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  it("count as accepted a moment after they are open, answered or not", () => {
    const { opened, ask, fill, say } = stage();
    fill();
    ask("e");
    say("c", "connect");
    vi.advanceTimersByTime(19);
    expect(opened).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(opened).toHaveLength(5);
  });

  it("hold nobody up while TCP tries again, or when they fail at once", () => {
    const { opened, ask, fill } = stage();
    fill();
    ask("e", { fails: true });
    ask("f");
    vi.advanceTimersByTime(499);
    expect(opened).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(opened).toEqual(["a", "b", "c", "d", "e", "f"]);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are opened for the known first, and for each source in turn", () => {
    const { opened, ask, fill, say } = stage();
    fill();
    for (const name of ["flood1", "flood2", "flood3"]) ask(name, { source: "192.0.2.1" });
    ask("stranger");
    for (const name of ["phone1", "phone2"]) ask(name, { source: "198.51.100.1", isKnown: true });
    ask("trunk", { isKnown: true });
    for (let turn = 0; turn < 8; turn += 1) say(opened[turn] ?? "", "data");
    expect(opened.slice(4)).toEqual(["phone1", "trunk", "phone2", "flood1", "stranger", "flood2", "flood3"]);
  });

  it("are not opened for who has gone meanwhile", () => {
    const { opened, ask, fill, say } = stage();
    const [takeBackA = () => {}] = fill();
    const takeBack = ask("e");
    ask("f");
    takeBack();
    takeBackA();
    say("a", "data");
    expect(opened).toEqual(["a", "b", "c", "d", "f"]);
  });
});
