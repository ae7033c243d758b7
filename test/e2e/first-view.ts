/** What the first view of a page costs: time, work of the browser, bytes of script, and what it had to ask for. */
import type { Request } from "playwright-core";
import type { BrowserDesk } from "./browser.ts";

export interface FirstView {
  /** From the start of the navigation until what was waited for stood in the page; says as much of the machine. */
  readonly shownMs: number;
  /** What the page's main thread worked until then, as its own clock counts it: others at work do not add to it. */
  readonly workMs: number;
  /** Compressed, of all scripts the page loads by itself. */
  readonly scriptBytes: number;
  /** Requests made until then, the page itself included. */
  readonly requests: number;
  /** How many times one question to the procedures waited for the answer to another until then; 1 when none did. */
  readonly rounds: number;
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
  return { shownMs, workMs, scriptBytes, requests: before.length, rounds: countRounds(before) };
}

/** Questions of one round were all asked before the first of them was answered. */
function countRounds(requests: readonly Request[]): number {
  const questions = requests
    .filter((request) => request.url().includes("/api/trpc/") && !request.url().includes("events.live"))
    .map((request) => request.timing())
    .sort((one, other) => one.startTime - other.startTime);
  let rounds = 0;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  for (const { startTime, responseStart } of questions) {
    const atMs = startTime + (responseStart < 0 ? Number.POSITIVE_INFINITY : responseStart);
    if (startTime >= answeredAtMs || rounds === 0) {
      rounds += 1;
      answeredAtMs = atMs;
    } else answeredAtMs = Math.min(answeredAtMs, atMs);
  }
  return rounds;
}
