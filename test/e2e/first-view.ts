/** What the first view of a page costs: time, work of the browser, bytes of script, and what it had to ask for. */
import type { Request } from "playwright-core";
import { until } from "../lab/until.ts";
import type { BrowserDesk } from "./browser.ts";

/** When no question came for so long, all are asked that wait for no answer. */
const SETTLED_MS = 3000;

export interface FirstView {
  /** From the start of the navigation until what was waited for stood in the page; says as much of the machine. */
  readonly shownMs: number;
  /** What the page's main thread worked until then, as its own clock counts it: others at work do not add to it. */
  readonly workMs: number;
  /** Compressed, of all scripts the page loads by itself. */
  readonly scriptBytes: number;
  /** Requests made until then, the page itself included. */
  readonly requests: number;
}

/** Opens `/` in a new browser context, with nothing cached, and measures until `selector` is there. */
export async function measureFirstView(browser: BrowserDesk, session: string, selector: string): Promise<FirstView> {
  const { page, context, close } = await browser.open({ session });
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) return;
    window.shownMs = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });`);
  await page.goto("/");
  await page.locator(selector).first().waitFor();
  const { metrics } = await devtools.send("Performance.getMetrics");
  const workMs = (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  const shownMs = Number(await page.evaluate("window.shownMs"));
  const shownAtMs = Number(await page.evaluate("performance.timeOrigin")) + shownMs;
  await page.waitForLoadState("networkidle").catch(() => undefined);
  const scripts = `performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"))`;
  const scriptBytes = Number(
    await page.evaluate(`${scripts}.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`),
  );
  const before = asked.filter((request) => request.timing().startTime <= shownAtMs);
  await close();
  return { shownMs, workMs, scriptBytes, requests: before.length };
}

/**
 * How many times questions to the procedures waited for answers to others until `selector` is there; 1 when none did. Answers
 * are held until no further question comes, so that it is the same on any machine.
 */
export async function countRounds(browser: BrowserDesk, session: string, selector: string): Promise<number> {
  const { page, close } = await browser.open({ session });
  const held: (() => Promise<void>)[] = [];
  let askedAtMs = 0;
  await page.route("**/api/trpc/**", async (route) => {
    // The stream of what happens is no question: its answer has no end.
    if (route.request().url().includes("events.live")) {
      await route.continue();
      return;
    }
    askedAtMs = performance.now();
    held.push(() => route.continue());
  });
  await page.goto("/");
  const shown = page.locator(selector).first();
  let rounds = 0;
  for (; !(await shown.isVisible()); rounds += 1) {
    await until(() => held.length > 0 && performance.now() - askedAtMs > SETTLED_MS, 30_000, "a question");
    await Promise.all(held.splice(0).map((answer) => answer()));
    await until(async () => held.length > 0 || (await shown.isVisible()), 30_000, "what follows from the answers");
  }
  await close();
  return rounds;
}
