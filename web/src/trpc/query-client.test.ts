import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createQueryClient } from "./query-client.ts";

let client: QueryClient;
const closers: Array<() => void> = [];
beforeEach(() => {
  vi.useFakeTimers();
  client = createQueryClient();
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
  client.clear();
  vi.useRealTimers();
});

/** Asks for something the way a part of a page does, and goes on watching it. */
function watch(name: string, ask: () => Promise<string>) {
  const observer = new QueryObserver(client, { queryKey: [name], queryFn: ask });
  closers.push(observer.subscribe(() => {}));
  return observer;
}

it("asks again for everything that had no answer as soon as the server answers anything", async () => {
  let isAway = true;
  const away = async () => {
    if (isAway) throw { data: { code: "control-away" } };
    return "here";
  };
  const list = watch("list", away);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(list.getCurrentResult().status).toBe("error");
  isAway = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(list.getCurrentResult().status).toBe("error");
  watch("health", away);
  await vi.advanceTimersByTimeAsync(0);
  expect(list.getCurrentResult().data).toBe("here");
});

it("does not ask again for what was refused", async () => {
  const refusing = vi.fn(async () => {
    throw { data: { code: "not-permitted" } };
  });
  const refused = watch("users", refusing);
  await vi.advanceTimersByTimeAsync(10_000);
  watch("health", async () => "here");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(refused.getCurrentResult().status).toBe("error");
  expect(refusing).toHaveBeenCalledTimes(1);
});
