/** The hosts and programs: what the page shows is what they tell, and what it does to the proxy really happens. */
import type { HostStatus } from "@sipprot/shared/host";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

/** The process manager starts a program of its own for each action, and the proxy tells of itself every five seconds. */
const DONE_WITHIN_MS = 60_000;
const SILENT_WITHIN_MS = 30_000;

let stack: Stack;
let session: string;
let watched: WatchedPage;
beforeAll(async () => {
  stack = await startStack("hosts");
  session = await stack.signIn();
  await until(async () => (await findHost()) !== undefined, SILENT_WITHIN_MS, "the host's first word");
});
afterAll(() => stack?.close());
afterEach(() => watched?.close());

async function open(options: PageOptions = {}): Promise<Page> {
  watched = await stack.browser.open({ session, ...options });
  await watched.page.goto("/hosts?refresh=5");
  await watched.page.locator("[data-host=gate]").waitFor();
  return watched.page;
}
const findHost = async (): Promise<HostStatus | undefined> => (await stack.api.hosts.list.query())[0];
const findProxy = async () => (await stack.api.services.list.query()).find(({ name }) => name === "sipprot-proxy");

describe("a host", () => {
  it("shows each part, where it stands and what it has to do, as it tells itself", async () => {
    const page = await open();
    const host = await findHost();
    const card = page.locator("[data-host=gate]");
    for (const { part, state } of host?.health ?? []) {
      expect([part, await card.locator(`[data-part=${part}] [data-state]`).getAttribute("data-state")]).toEqual([
        part,
        state,
      ]);
    }
    const text = await card.innerText();
    for (const word of [host?.version, host?.endpoints[0], "Relay", "in step", "MB", "2 processors"]) {
      expect(text).toContain(word ?? "");
    }
    expect(host?.load?.memoryBytes).toBeGreaterThan(10_000_000);
    watched.expectQuiet();
  });

  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const page = await open({ language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("[data-program]").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched.expectQuiet();
  });

  it("keeps what it knows and says that it is old while the control server is away", async () => {
    const page = await open();
    await stack.control.stop("SIGKILL");
    await page.getByRole("button", { name: "Refresh now" }).click();
    await page.getByRole("main").getByRole("alert").first().waitFor();
    expect(await page.locator("[data-host=gate]").isVisible()).toBe(true);
    await stack.control.start();
    await page.getByRole("button", { name: "Refresh now" }).click();
    await until(
      async () => (await page.getByRole("main").getByRole("alert").count()) === 0,
      SILENT_WITHIN_MS,
      "well again",
    );
  });
});

describe("the proxy", () => {
  it("that was started elsewhere cannot be started a second time from here", async () => {
    const page = await open();
    const start = page.getByRole("button", { name: "Start the proxy" });
    await start.waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByText(/was not started by this installation/).waitFor();
  });

  it("is started, restarted and stopped, each with words on the calls, and followed until it is so", async () => {
    await stack.proxy?.stop();
    const page = await open();
    await page.locator("[data-host=gate] [data-state=silent]").waitFor({ timeout: SILENT_WITHIN_MS });
    const before = (await findHost())?.startedAtMs ?? 0;
    await act(page, "Start the proxy", /begins to stand before the PBX/);
    const started = await findHost();
    expect(started?.startedAtMs).toBeGreaterThan(before);
    expect(started?.isProtected).toBe(true);
    expect((await findProxy())?.status).toBe("online");

    await act(page, "Restart the proxy", /no SIP message passes/);
    const restarted = await findHost();
    expect(restarted?.startedAtMs).toBeGreaterThan(started?.startedAtMs ?? 0);
    expect(restarted?.isProtected).toBe(true);

    await act(page, "Stop the proxy", /nobody can call or be called/);
    expect((await findProxy())?.status ?? "gone").not.toBe("online");
    await page.locator("[data-host=gate] [data-state=silent]").waitFor({ timeout: SILENT_WITHIN_MS });
    watched.expectQuiet();
  }, 180_000);

  it("is forgotten as a host when it is dismantled, after a question", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Take out of the list" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
    await page.getByText("No host has reported yet").waitFor();
    expect(await stack.api.hosts.list.query()).toEqual([]);
  });
});

/** Presses the button, reads the words, confirms, and waits until the page says that it is done. */
async function act(page: Page, button: string, words: RegExp): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(words).waitFor();
  await dialog.getByRole("button", { name: button }).click();
  await page.locator("[data-progress=done]").waitFor({ timeout: DONE_WITHIN_MS });
}
