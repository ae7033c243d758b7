/** The dashboard of an installation that is really attacked: what it shows is what the attackers did and what the command line says. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pause, until } from "../lab/until.ts";
import {
  type AttackedLab,
  GUESSER,
  SCANNER_AGENT,
  type ScanningCountry,
  scans,
  startAttackedLab,
} from "./attacked-lab.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { countRounds, measureFirstView } from "./first-view.ts";

/** What the first view may load, ask for, and keep the browser busy with. */
const MAX_SCRIPT_BYTES = 250_000;
const MAX_REQUESTS = 40;
const MAX_WORK_MS = 1000;
const SHOWN_WITHIN_MS = 10_000;

let attacked: AttackedLab;
let session: string;
let watched: WatchedPage | undefined;
beforeAll(async () => {
  attacked = await startAttackedLab("dashboard");
  session = await attacked.stack.signIn();
});
afterAll(() => attacked?.remove());
beforeEach(() => {
  watched = undefined;
});
afterEach(() => watched?.close());

async function open(path: string, options: PageOptions = {}): Promise<Page> {
  watched = await attacked.stack.browser.open({ session, ...options });
  const { page } = watched;
  await page.goto(path);
  await page.locator("[data-tile=refused] [data-value]").waitFor();
  return page;
}

const readTile = async (page: Page, name: string) =>
  Number(await page.locator(`[data-tile=${name}] [data-value]`).getAttribute("data-value"));
/** The rows of a ranked list as `name → count`. */
async function readRanked(page: Page, label: string): Promise<Record<string, number>> {
  const rows = await page.getByRole("list", { name: label, exact: true }).getByRole("listitem").allInnerTexts();
  return Object.fromEntries(
    rows.map((row) => {
      const [name = "", count = ""] = row.split("\n").filter((part) => part.trim() !== "");
      return [name, Number(count.replace(/\D/g, ""))];
    }),
  );
}
const askStats = (filter = {}) => {
  const toMs = Date.now();
  return attacked.stack.api.stats.window.query({ fromMs: toMs - 3_600_000, toMs, filter });
};
const expectTile = (page: Page, name: string, value: number) =>
  until(async () => (await readTile(page, name)) === value, SHOWN_WITHIN_MS, `${name} ${value}`);

describe("the numbers", () => {
  it("are those of the procedures, of the report, and of what was sent", async () => {
    const page = await open("/?range=1h&refresh=0");
    const { now, agents } = await askStats();
    expect(await readTile(page, "refused")).toBe(now.refused);
    expect(await readTile(page, "passed")).toBe(now.passed);
    expect(await readTile(page, "attacks")).toBe(now.blocksBegun);
    const { total } = await attacked.stack.api.blocks.page.query({});
    expect(await readTile(page, "blocks")).toBe(total);
    const countries = await readRanked(page, "Countries, the busiest first");
    expect(countries).toMatchObject({
      Russia: scans.RU,
      France: scans.FR,
      Singapore: scans.SG,
      Brazil: scans.BR,
      Germany: scans.DE,
    });
    expect(await readRanked(page, "Attacks by endpoint")).toEqual({ "203.0.113.10:5060": now.refused });
    const named = await readRanked(page, "Most used agents");
    expect(named[SCANNER_AGENT]).toBe(agents.find(({ agent }) => agent === SCANNER_AGENT)?.refused);
    for (const [country, address] of Object.entries(attacked.addresses)) {
      const row = page.locator(`tr[data-source="${address}"]`);
      await row.waitFor();
      expect((await row.innerText()).split(/\s+/)).toContain(String(scans[country as ScanningCountry]));
      expect(await row.innerText()).toContain("Scanner");
    }
    watched?.expectQuiet();
  });

  it("are the command line's: the day's report, and the address that is blocked", async () => {
    const page = await open("/?range=24h&refresh=0");
    const today = new Date().toISOString().slice(0, 10);
    const report = JSON.parse(await attacked.stack.sipprot("report", "--date", today, "--json")) as { total: number };
    // A lab that ran over midnight has a part of it in the report of the day before.
    const days = await attacked.stack.api.stats.read.query({ from: today, to: today });
    expect(report.total).toBe(days.refused);
    expect(await readTile(page, "refused")).toBeGreaterThanOrEqual(report.total);
    expect(await attacked.stack.sipprot("explain", GUESSER)).toContain("blocked");
    await page.locator(`li[data-source="${GUESSER}"]`).first().waitFor();
  });

  it("say that all is well, as the hosts do", async () => {
    const page = await open("/");
    await page.locator("[data-health=protected]").waitFor();
    expect(await page.locator("[data-health]").innerText()).toContain("The system is protected");
  });
});

describe("the filter", () => {
  it("narrows every part to a country chosen in the list, and gives all back", async () => {
    const page = await open("/?range=1h&refresh=0");
    const all = await readTile(page, "refused");
    await page.getByRole("button", { name: /^Singapore/ }).click();
    await expectTile(page, "refused", scans.SG);
    expect(new URL(page.url()).searchParams.get("country")).toBe("SG");
    expect(await page.locator("tr[data-source]").count()).toBe(1);
    expect(await page.locator("[data-tile=passed]").innerText()).toContain("Not counted by country");
    // The list it was chosen from still offers the others.
    expect(await page.getByRole("button", { name: /^Russia/ }).isVisible()).toBe(true);
    await page.getByRole("button", { name: /Take the filter away/ }).click();
    await expectTile(page, "refused", all);
    watched?.expectQuiet();
  });

  it("is chosen on the map by the pointer, the smallest countries too", async () => {
    const page = await open("/?range=1h&refresh=0");
    const singapore = page.getByRole("option", { name: /^Singapore: 25 messages, / });
    await singapore.locator("circle").last().click();
    await expectTile(page, "refused", scans.SG);
    await page.goBack();
    await until(() => !page.url().includes("country="), SHOWN_WITHIN_MS, "back to all countries");
  });

  it("is chosen by keyboard alone, the busiest country first", async () => {
    const page = await open("/?range=1h&refresh=0");
    await page.getByRole("option", { name: /^Russia/ }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("document.activeElement?.getAttribute('data-country')")).toBe("FR");
    await page.keyboard.press("Enter");
    await expectTile(page, "refused", scans.FR);
    await page.keyboard.press("Enter");
    await until(() => !page.url().includes("country="), SHOWN_WITHIN_MS, "the filter taken back");
  });

  it("takes a gate from the legend and an endpoint from its list, both at once", async () => {
    const page = await open("/?range=1h&refresh=0");
    await page.locator("[data-gate=scanner]").click();
    await page.getByRole("button", { name: /^203\.0\.113\.10:5060/ }).click();
    const wanted = await askStats({ gate: "scanner", endpoint: "203.0.113.10:5060" });
    await expectTile(page, "refused", wanted.now.refused);
    expect(page.url()).toMatch(/gate=scanner/);
    await page.getByRole("button", { name: "Show everything" }).click();
    await until(() => !/gate=|endpoint=/.test(page.url()), SHOWN_WITHIN_MS, "all filters gone");
  });
});

describe("the timeline", () => {
  it("tells each bar to who listens, zooms by keyboard, and the way back is the browser's", async () => {
    const page = await open("/?range=15m&refresh=0");
    const bars = page.getByRole("listbox", { name: /over time/ }).getByRole("option");
    const names = await Promise.all((await bars.all()).map((bar) => bar.getAttribute("aria-label")));
    expect(names.join()).toMatch(/Scanner \d+/);
    await bars.last().focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await until(() => page.url().includes("~"), SHOWN_WITHIN_MS, "the free range in the address");
    const range = new URL(page.url()).searchParams.get("range") ?? "";
    const [from = "", to = ""] = range.split("~");
    expect(Date.parse(to) - Date.parse(from)).toBe(3 * 60_000);
    await page.goBack();
    await until(() => page.url().includes("range=15m"), SHOWN_WITHIN_MS, "the range from before");
    watched?.expectQuiet();
  });

  it("zooms into what is dragged over", async () => {
    const page = await open("/?range=1h&refresh=0");
    const box = await page.getByRole("listbox", { name: /over time/ }).boundingBox();
    const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
    await page.mouse.move(x + width * 0.5, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.9, y + height / 2, { steps: 5 });
    await page.mouse.up();
    await until(() => page.url().includes("~"), SHOWN_WITHIN_MS, "the free range in the address");
  });

  it("is of a free range too, whose ends are shown as dates", async () => {
    const page = await open("/?range=1h&refresh=0");
    await page.getByLabel("Period", { exact: true }).selectOption({ label: "From … to …" });
    const dialog = page.getByRole("dialog");
    const year = new RegExp(String(new Date().getFullYear()));
    await dialog.getByRole("button", { name: "From" }).filter({ hasText: year }).waitFor();
    await dialog.getByRole("button", { name: "To" }).filter({ hasText: year }).waitFor();
    await dialog.getByRole("button", { name: "Apply" }).click();
    await until(() => page.url().includes("~"), SHOWN_WITHIN_MS, "the free range in the address");
    watched?.expectQuiet();
  });

  it("has the same numbers as a table", async () => {
    const page = await open("/?range=15m&refresh=0");
    await page.getByRole("button", { name: "Show as a table" }).click();
    const shown = page.getByRole("table", { name: /over time/ }).locator("tbody tr");
    await shown.first().waitFor();
    const rows = await shown.allInnerTexts();
    const sum = rows.reduce((total, row) => total + Number(row.split("\t")[2]), 0);
    expect(sum).toBe(await readTile(page, "refused"));
  });
});

describe("live decisions", () => {
  it("appear as they are made, stand still when held, and come when let go", async () => {
    const page = await open("/?range=1h&refresh=0");
    const germans = page.locator(`li[data-source="${attacked.addresses.DE}"]`);
    await page.locator("[data-live=live]").waitFor();
    const before = await germans.count();
    await attacked.scan("DE", 2);
    await until(async () => (await germans.count()) > before, SHOWN_WITHIN_MS, "the decision shown");
    await page.getByRole("button", { name: "Hold" }).click();
    const held = await germans.count();
    await attacked.scan("DE", 2);
    await page.getByText(/new decisions? waits?/).waitFor();
    expect(await germans.count()).toBe(held);
    await page.getByRole("button", { name: "Go on" }).click();
    await until(async () => (await germans.count()) > held, SHOWN_WITHIN_MS, "what was held");
    watched?.expectQuiet();
  });

  it("and all questions stop while the tab is hidden, and go on when it is seen", async () => {
    const page = await open("/?range=1h&refresh=5");
    const hide = (isHidden: boolean) =>
      page.evaluate(`{
        for (const [name, value] of [["hidden", ${isHidden}], ["visibilityState", ${isHidden} ? "hidden" : "visible"]])
          Object.defineProperty(document, name, { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        window.dispatchEvent(new Event("visibilitychange"));
      }`);
    const asked: string[] = [];
    await hide(true);
    await pause(1000);
    page.on("request", (request) => asked.push(request.url()));
    await pause(6500);
    expect(asked.filter((url) => url.includes("/api/trpc/"))).toEqual([]);
    await hide(false);
    await until(() => asked.some((url) => url.includes("stats.window")), SHOWN_WITHIN_MS, "questions again");
    await until(() => asked.some((url) => url.includes("events.live")), SHOWN_WITHIN_MS, "the stream again");
  });
});

describe("the first view", () => {
  // Its time on a quiet machine is measured by test/bench; here is what makes that time, whatever else runs.
  it("is of little script, little work, and questions that wait for none but the page", async () => {
    const { browser } = attacked.stack;
    const refused = "[data-tile=refused] [data-value]";
    const view = await measureFirstView(browser, session, refused);
    console.log("first view:", view);
    expect(view.scriptBytes).toBeGreaterThan(50_000);
    expect(view.scriptBytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    expect(view.workMs).toBeGreaterThan(0);
    expect(view.workMs).toBeLessThanOrEqual(MAX_WORK_MS);
    expect(view.requests).toBeLessThanOrEqual(MAX_REQUESTS);
    expect(await countRounds(browser, session, refused)).toBe(1);
  });
});

describe("the page", () => {
  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
    ["en", "dark", 390],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const context = { viewport: { width, height: 844 } };
    const page = await open("/?range=1h&refresh=0", { language, scheme, context });
    await page.locator("[data-country]").first().waitFor();
    await page.locator("li[data-source]").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched?.expectQuiet();
  });

  it("prints the chart and no buttons", async () => {
    const page = await open("/?range=1h&refresh=0");
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("listbox", { name: /over time/ }).isVisible()).toBe(true);
    expect(await page.getByRole("button", { name: "Show as a table" }).isVisible()).toBe(false);
  });
});
