/** The daily report: after a real attack the page, its files and the command line say the same, and mail really goes. */
import { readFile } from "node:fs/promises";
import { notificationSettingsSchema } from "@sipprot/shared/notification";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type MailServer, NO_MAILBOX, startMailServer } from "./mail-server.ts";
import { scanFrom } from "./sip-options.ts";
import { type Stack, signInAs, startStack } from "./stack.ts";

const COUNTED_WITHIN_MS = 20_000;
const scans = { "127.0.0.66": 7, "127.0.0.67": 4 } as const;
const date = new Date().toISOString().slice(0, 10);

let stack: Stack;
let session: string;
let mail: MailServer;
let watched: WatchedPage;
beforeAll(async () => {
  [stack, mail] = await Promise.all([startStack("reports"), startMailServer()]);
  session = await stack.signIn();
  for (const [address, count] of Object.entries(scans)) {
    await scanFrom(address, stack.sipPort, count, "friendly-scanner");
  }
  const isCounted = async () => (await stack.api.reports.daily.query({ date })).total === 11;
  await until(isCounted, COUNTED_WITHIN_MS, "the attack counted");
});
afterAll(async () => {
  await stack?.close();
  await mail?.close();
});
afterEach(() => watched?.close());

async function open(options: PageOptions = {}, day = date): Promise<Page> {
  watched = await stack.browser.open({ session, ...options });
  await watched.page.goto(`/reports?date=${day}`);
  await watched.page.getByRole("heading", { level: 1 }).waitFor();
  return watched.page;
}

/** The cells of a table as it was printed. */
const printedRows = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

async function keep(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return readFile((await download.path()) ?? "", "utf8");
}

describe("the report of a day", () => {
  it("has the lines and the total that the command line has, and leads to each address", async () => {
    const page = await open();
    const printed = printedRows(await stack.sipprot("report", "--date", date));
    const rows = page.locator("tbody tr[data-row]");
    await rows.first().waitFor();
    const shown = await Promise.all((await rows.all()).map((row) => row.locator("td").allTextContents()));
    const withoutCountry = (row: readonly string[]) => row.filter((_cell, index) => index !== 1);
    expect(shown.map(withoutCountry)).toEqual(printed.slice(1, -1).map(withoutCountry));
    expect(shown.map(withoutCountry)).toContainEqual(["127.0.0.66", "SCANNER:OPTIONS", "127.0.0.1", "7"]);
    expect(await page.locator("[data-total]").textContent()).toBe("11");
    expect(printed.at(-1)?.at(-1)).toBe("11");
    expect(await page.getByRole("link", { name: "127.0.0.66" }).getAttribute("href")).toBe("/why/127.0.0.66");
    watched.expectQuiet();
  });

  it("is kept as text, CSV and JSON with the same numbers", async () => {
    const page = await open();
    await page.locator("tbody tr[data-row]").first().waitFor();
    expect((await keep(page, "Keep as text")).trim()).toBe((await stack.sipprot("report", "--date", date)).trim());
    const csv = await keep(page, "Keep as CSV");
    expect(csv.trim()).toBe((await stack.sipprot("report", "--date", date, "--csv")).trim());
    expect(JSON.parse(await keep(page, "Keep as JSON"))).toEqual(await stack.api.reports.daily.query({ date }));
  });

  it("is narrowed, sorted, and left for the day before, on which there was nothing", async () => {
    const page = await open();
    await page.getByRole("textbox", { name: "Address, country or method" }).fill("0.67");
    await page.getByText("1 line found").waitFor();
    expect(await page.locator("tbody tr[data-row]").count()).toBe(1);
    await page.getByRole("button", { name: "Reset the filters" }).click();
    await page.getByRole("combobox", { name: "Order of the lines" }).selectOption("blocks");
    expect(await page.locator("tbody tr[data-row] td").first().textContent()).toBe("127.0.0.66");
    await page.getByRole("button", { name: "Previous day" }).click();
    await page.getByText(/^Nothing was refused on/).waitFor();
    await page.getByRole("button", { name: "Today" }).click();
    await page.locator("tbody tr[data-row]").first().waitFor();
    expect(await page.getByRole("button", { name: "Next day" }).isDisabled()).toBe(true);
  });

  it("is printed without what is no part of it", async () => {
    const page = await open();
    await page.locator("tbody tr[data-row]").first().waitFor();
    await page.emulateMedia({ media: "print" });
    for (const name of ["Print", "Mail it now"]) {
      expect(await page.getByRole("button", { name, includeHidden: true }).isVisible()).toBe(false);
    }
    expect(await page.getByRole("navigation", { includeHidden: true }).first().isVisible()).toBe(false);
    expect(await page.locator("tfoot").isVisible()).toBe(true);
  });

  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
    ["en", "dark", 360],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const page = await open({ language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("tbody tr[data-row]").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched.expectQuiet();
  });
});

describe("mailing it", () => {
  it("says that no mail is set up, and then what the mail server really answered", async () => {
    const page = await open();
    const button = page.getByRole("button", { name: "Mail it now" });
    await page.getByText(/^No mail is sent/).waitFor();
    expect(await button.isDisabled()).toBe(true);
    const settings = notificationSettingsSchema.parse({
      recipients: ["nobody@example.com"],
      smtp: { host: "127.0.0.1", port: mail.port, security: "none", from: "sipprot@example.com" },
    });
    await stack.api.notifications.change.mutate({ settings });
    await page.reload();
    await button.click();
    await page.getByText(/could not be mailed/).waitFor();
    await page.getByText(NO_MAILBOX).waitFor();
    await stack.api.notifications.change.mutate({ settings: { ...settings, recipients: ["ada@example.com"] } });
    await button.click();
    await page.getByText("The mail server took the report. Its own words:").waitFor();
    expect(mail.mails.at(-1)?.to).toEqual(["ada@example.com"]);
    expect(mail.mails.at(-1)?.text).toContain("SCANNER:OPTIONS");
  });

  it("is not offered to who may only look, and the page says why", async () => {
    const viewer = await signInAs(stack, "looker", "viewer");
    const page = await open({ session: viewer });
    await page.getByText(/needs the role Operator/).waitFor();
    expect(await page.getByRole("button", { name: "Mail it now" }).count()).toBe(0);
    watched.expectQuiet();
  });
});
