/** What becomes of a batch when the system takes a part of it: the errors are put in by hand, the calls are the real ones else. */
import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Tally } from "../tally.ts";
import { AddressBook } from "./address-book.ts";
import { openBoundSocket } from "./bound-socket.ts";
import { Inbox } from "./inbox.ts";
import { Outbox, type Sender } from "./outbox.ts";
import { EAGAIN, EINTR, loadSystemCalls, type SystemCalls } from "./system-calls.ts";

const ENOBUFS = 105;
/** How many are taken, or which error there is, before the real call has its turn. */
type Outcome = { readonly takes: number } | { readonly error: number };

describe.skipIf(process.platform !== "linux")("the outbox", () => {
  let calls: SystemCalls;
  let outcomes: Outcome[];
  let polls: number;
  let sender: Sender;
  let outbox: Outbox;
  let peer: Socket;
  let got: string[];

  beforeEach(async () => {
    const real = await loadSystemCalls();
    outcomes = [];
    polls = 0;
    let error = 0;
    calls = {
      ...real,
      sendmmsg: (fd, vector, length, flags) => {
        const outcome = outcomes.shift();
        error = 0;
        if (outcome === undefined) return real.sendmmsg(fd, vector, length, flags);
        if ("takes" in outcome) return real.sendmmsg(fd, vector, Math.min(outcome.takes, length), flags);
        error = outcome.error;
        return -1;
      },
      poll: (...wait) => {
        polls += 1;
        return real.poll(...wait);
      },
      errno: () => error || real.errno(),
    };
    const book = new AddressBook(false);
    const fd = openBoundSocket(calls, book, { address: "127.0.0.1", port: 0 });
    sender = { fd, book, tally: new Tally() };
    outbox = new Outbox(calls, new Inbox(calls));
    got = [];
    peer = createSocket({ type: "udp4", recvBufferSize: 4 << 20 });
    peer.on("message", (bytes) => got.push(bytes.toString("latin1")));
    await new Promise<void>((resolve) => peer.bind(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    calls.close(sender.fd);
    peer.close();
  });

  function addAll(words: readonly string[]): void {
    for (const word of words) outbox.add(sender, Buffer.from(word, "latin1"), peer.address().port, "127.0.0.1");
  }

  it("sends on from where the system stopped", async () => {
    outcomes = [{ takes: 2 }, { error: EINTR }, { takes: 1 }];
    addAll(["a", "b", "c", "d", "e"]);
    outbox.flush();
    await expect.poll(() => got.join("")).toBe("abcde");
    expect(sender.tally.sums.sendErrors).toBe(0);
  });

  it("loses the one that was refused and none beside it", async () => {
    outcomes = [{ takes: 1 }, { error: ENOBUFS }, { takes: 1 }, { error: ENOBUFS }];
    addAll(["a", "b", "c", "d", "e"]);
    outbox.flush();
    await expect.poll(() => got.join("")).toBe("ace");
    expect(sender.tally.sums.sendErrors).toBe(2);
  });

  it("waits for a full line once, and goes on when there is room", async () => {
    outcomes = [{ takes: 1 }, { error: EAGAIN }];
    addAll(["a", "b", "c"]);
    outbox.flush();
    await expect.poll(() => got.join("")).toBe("abc");
    expect(polls).toBe(1);
    expect(sender.tally.sums.sendErrors).toBe(0);
  });

  it("loses what does not fit on a line that stays full, counts it, and waits no more before it has moved", async () => {
    outcomes = [{ takes: 1 }, { error: EAGAIN }, { error: EAGAIN }, { error: EAGAIN }];
    for (const words of [["a", "b", "c"], ["d", "e"], ["f"]]) {
      addAll(words);
      outbox.flush();
    }
    await expect.poll(() => got.join("")).toBe("af");
    expect(polls).toBe(1);
    expect(sender.tally.sums.sendErrors).toBe(4);
    outcomes = [{ error: EAGAIN }];
    addAll(["g"]);
    outbox.flush();
    await expect.poll(() => got.join("")).toBe("afg");
    expect(polls).toBe(2);
  });

  it("keeps what is added until it is full, of one socket at a time", async () => {
    const other: Sender = { ...sender, tally: new Tally() };
    addAll(Array.from({ length: 70 }, (_, index) => String(index % 10)));
    outbox.add(other, Buffer.from("other"), peer.address().port, "127.0.0.1");
    addAll(["x".repeat(60_000), "y".repeat(60_000)]);
    outbox.flush();
    await expect.poll(() => got.length).toBe(73);
    expect(got.slice(0, 70).join("")).toBe("0123456789".repeat(7));
    expect(got.slice(70).map((word) => word.length)).toEqual([5, 60_000, 60_000]);
  });
});
