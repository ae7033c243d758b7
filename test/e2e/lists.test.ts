/** The allowlist and the denylist: by keyboard, by file, by two people at once, and back again. */
import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

const SHOWN_WITHIN_MS = 10_000;
/** Said by the browser of a call that was refused; the page says it in its own words. */
const REFUSED = /status of 4\d\d/;
/** The same while the control server is away. */
const AWAY = /status of 5\d\d/;

let stack: Stack;
let session: string;
let opened: WatchedPage[] = [];
beforeAll(async () => {
  stack = await startStack("lists");
  session = await stack.signIn();
});
afterAll(() => stack?.close());
beforeEach(async () => {
  for (const list of ["allow", "deny"] as const) {
    const { confirmation } = await stack.api.lists.offerRemoveAll.query({ list });
    await stack.api.lists.removeAll.mutate({ list, confirmation });
  }
});
afterEach(async () => {
  for (const watched of opened) await watched.close();
  opened = [];
});

async function open(path: string, options: PageOptions = {}): Promise<Page> {
  const watched = await stack.browser.open({ session, ...options });
  opened.push(watched);
  await watched.page.goto(path);
  await watched.page.getByRole("heading", { level: 1 }).waitFor();
  return watched.page;
}
const expectQuiet = (except?: RegExp) => {
  for (const watched of opened) watched.expectQuiet(except);
};
const add = (list: "allow" | "deny", networks: string[], note = "") =>
  stack.api.lists.add.mutate({ list, networks, note });
const networksOf = async (list: "allow" | "deny") =>
  (await stack.api.lists.page.query({ list, size: 200 })).rows.map(({ network }) => network);
const row = (page: Page, network: string): Locator => page.getByRole("row").filter({ hasText: network });
const shownNetworks = (page: Page) => page.locator("tbody tr td[data-title]").allInnerTexts();
const expectShown = (page: Page, networks: readonly string[]) =>
  until(
    async () => JSON.stringify(await shownNetworks(page)) === JSON.stringify(networks),
    SHOWN_WITHIN_MS,
    `${networks.join(" ")} shown`,
  );
const dialog = (page: Page) => page.getByRole("dialog");
const chooseFile = (page: Page, text: string) =>
  page
    .locator("input[type=file]")
    .setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
async function readDownload(download: Promise<Download>): Promise<string> {
  return readFile(await (await download).path(), "utf8");
}

describe("adding", () => {
  it("denies an address by keyboard alone, as the command line says, and gives the focus back", async () => {
    const page = await open("/");
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await page.getByRole("heading", { level: 1, name: "Denylist" }).waitFor();
    await page.getByText("Nothing is on the denylist").waitFor();
    await page.locator("main").focus();
    await tabTo(page, "Add");
    await page.keyboard.press("Enter");
    await dialog(page).getByLabel("Address or network").waitFor();
    await until(() => hasFocus(page, "textarea"), SHOWN_WITHIN_MS, "the box ready to type");
    await page.keyboard.type("192.88.99.66");
    await page.keyboard.press("Tab");
    await page.keyboard.type("guessed all night");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await row(page, "192.88.99.66").waitFor();
    await until(() => hasFocus(page, "button, [data-focus-place]"), SHOWN_WITHIN_MS, "the focus back on the page");
    const [found] = await stack.api.lists.find.query({ list: "deny", networks: ["192.88.99.66"] });
    expect(found).toMatchObject({ note: "guessed all night", addedBy: "user:admin" });
    expect((found?.expiresAtSeconds ?? 0) - (found?.addedAtSeconds ?? 0)).toBe(86_400);
    const known = JSON.parse(await stack.sipprot("explain", "192.88.99.66", "--json")) as { verdict: string };
    expect(known.verdict).toBe("denied");
    expectQuiet();
  });

  it("warns of a wide network, says what it holds, and refuses in the guards' own words", async () => {
    await add("deny", ["10.1.2.3"]);
    await add("allow", ["10.9.0.0/16"]);
    const page = await open("/denylist");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const box = dialog(page).getByLabel("Address or network");
    await box.fill("10.0.0.0/8");
    await dialog(page).getByText("10.0.0.0/8 is wide: 16,777,216 addresses.").waitFor();
    await dialog(page).getByText("One entry of this list lies inside 10.0.0.0/8.").waitFor();
    await dialog(page)
      .getByText(/holds one network of the allowlist: it stays allowed/)
      .waitFor();
    await box.fill("10.9.8.7");
    const words = "“10.9.8.7” cannot be denied: 10.9.0.0/16 is on the allowlist.";
    await dialog(page).getByText(words).waitFor();
    await box.press("Enter");
    await dialog(page).getByRole("alert").getByText(words).waitFor();
    await dialog(page).getByRole("alert").getByText("Take 10.9.0.0/16 off the allowlist first.").waitFor();
    await box.fill("nonsense");
    await box.press("Enter");
    await dialog(page).getByText("Not an address or a network: nonsense").waitFor();
    expect(await networksOf("deny")).toEqual(["10.1.2.3"]);
    expectQuiet(REFUSED);
  });

  it("takes many at once, and does not silently replace what somebody else added", async () => {
    await add("allow", ["192.88.99.2"], "theirs");
    const page = await open("/allowlist");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await dialog(page).getByLabel("Address or network").fill("192.88.99.1, 192.88.99.2\n2001:db8::/48");
    await dialog(page).getByLabel("Note").fill("mine");
    await dialog(page).getByText("192.88.99.2 is on this list already, with the note “theirs”.").waitFor();
    await dialog(page).getByRole("button", { name: "Add 3 entries" }).click();
    await dialog(page).getByText("“192.88.99.2” is there already.").waitFor();
    expect(await networksOf("allow")).toEqual(["192.88.99.2"]);
    await dialog(page).getByRole("button", { name: "Replace note and end" }).click();
    await expectShown(page, ["192.88.99.1", "192.88.99.2", "2001:db8::/48"]);
    expectQuiet(REFUSED);
  });
});

describe("looking", () => {
  it("finds by note, by address and by what an entry holds; the address of the page tells it all, and survives a reload", async () => {
    await add("deny", ["10.0.0.0/8"], "everything private");
    await add("deny", ["192.88.99.1", "192.88.99.2"], "Zürich");
    const page = await open("/denylist?size=20");
    await expectShown(page, ["10.0.0.0/8", "192.88.99.1", "192.88.99.2"]);
    const box = page.getByRole("textbox", { name: "Search an address or a note" });
    await box.fill("10.20.30.40");
    await expectShown(page, ["10.0.0.0/8"]);
    await box.fill("zurich");
    await expectShown(page, ["192.88.99.1", "192.88.99.2"]);
    await page.getByRole("columnheader", { name: "Address" }).getByRole("button").click();
    await expectShown(page, ["192.88.99.2", "192.88.99.1"]);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get("search"), searchParams.get("descending")]).toEqual(["zurich", "true"]);
    await page.reload();
    await expectShown(page, ["192.88.99.2", "192.88.99.1"]);
    await box.fill("nobody");
    await page.getByText("Nothing matches").waitFor();
    await page.getByRole("button", { name: "Reset the filters" }).last().click();
    await expectShown(page, ["192.88.99.2", "192.88.99.1", "10.0.0.0/8"]);
    expectQuiet();
  });

  it("unfolds an entry, and copies it in the shape other programs know", async () => {
    await add("allow", ["192.88.99.7"], "Siège");
    const page = await open("/allowlist", { context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.getByRole("button", { name: "Details of 192.88.99.7" }).click();
    await page.getByRole("button", { name: "Copy as JSON" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = JSON.parse(String(await page.evaluate("navigator.clipboard.readText()"))) as Record<string, unknown>;
    expect(Object.keys(copied)).toEqual(["ip", "note", "time", "added_by", "geo_data"]);
    expect(copied).toMatchObject({ ip: "192.88.99.7", note: "Siège" });
    expect(Object.keys(copied["geo_data"] as object)).toEqual(["country_code", "country_name"]);
    expectQuiet();
  });

  it("says that it could not load, never that the list is empty, and loads when it can", async () => {
    await add("deny", ["192.88.99.1"]);
    const page = await open("/denylist?refresh=0");
    await row(page, "192.88.99.1").waitFor();
    await stack.control.stop("SIGKILL");
    try {
      await page.getByRole("button", { name: "Refresh now" }).click();
      await page
        .getByRole("alert")
        .getByText(/Not up to date/)
        .waitFor();
      expect(await row(page, "192.88.99.1").isVisible()).toBe(true);
      await page.getByRole("textbox", { name: "Search an address or a note" }).fill("192");
      await page.getByText("This could not be loaded").waitFor();
    } finally {
      await stack.control.start();
    }
    await page.getByRole("main").getByRole("button", { name: "Try again" }).first().click();
    await row(page, "192.88.99.1").waitFor();
    expectQuiet(AWAY);
  });
});

describe("two people", () => {
  it("do not write over each other's changes, nor lose what they typed", async () => {
    await add("allow", ["192.88.99.7"], "one");
    const page = await open("/allowlist?refresh=0");
    await page.getByRole("button", { name: "Edit 192.88.99.7" }).click();
    const note = dialog(page).getByLabel("Note");
    await note.fill("mine");
    await stack.api.lists.edit.mutate({ list: "allow", network: "192.88.99.7", note: "theirs" });
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await dialog(page)
      .getByText(/Nothing was written over it/)
      .waitFor();
    await dialog(page).getByText("theirs").waitFor();
    expect(await note.inputValue()).toBe("mine");
    await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
    await row(page, "mine").waitFor();
    // And back to what the other had written.
    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, "theirs").waitFor();
    expectQuiet(REFUSED);
  });

  it("can add again what the other removed during the edit", async () => {
    await add("deny", ["192.88.99.7"], "one");
    const page = await open("/denylist?refresh=0");
    await page.getByRole("button", { name: "Edit 192.88.99.7" }).click();
    await dialog(page).getByLabel("Note").fill("kept");
    await stack.api.lists.remove.mutate({ list: "deny", networks: ["192.88.99.7"] });
    await dialog(page).getByRole("button", { name: "Save" }).click();
    await dialog(page).getByRole("button", { name: "Add it again" }).click();
    await row(page, "kept").waitFor();
    expectQuiet(REFUSED);
  });

  it("are told when what they have selected is gone; the rest stays selected", async () => {
    await add("deny", ["192.88.99.1", "192.88.99.2", "192.88.99.3"]);
    const page = await open("/denylist?refresh=0");
    await page.getByRole("checkbox", { name: "Select 192.88.99.1" }).check();
    await page.getByRole("checkbox", { name: "Select 192.88.99.2" }).check();
    await page.getByText("2 selected / 3").waitFor();
    await stack.api.lists.remove.mutate({ list: "deny", networks: ["192.88.99.2"] });
    await page.getByRole("button", { name: "Refresh now" }).click();
    await page.getByText("1 selected row is gone from the list").waitFor();
    await page.getByText("1 selected / 2").waitFor();
    expect(await page.getByRole("checkbox", { name: "Select 192.88.99.1" }).isChecked()).toBe(true);
    expectQuiet();
  });
});

describe("removing", () => {
  it("asks, can be taken back as it was, and leaves the focus on the page", async () => {
    await add("allow", ["192.88.99.7", "192.88.99.8"], "kept");
    const before = await stack.api.lists.find.query({ list: "allow", networks: ["192.88.99.7"] });
    const page = await open("/allowlist?refresh=0");
    await page.getByRole("button", { name: "Remove 192.88.99.7" }).press("Enter");
    await dialog(page)
      .getByText(/not let through always any more/)
      .waitFor();
    await dialog(page).getByRole("button", { name: "Remove 1 entry" }).press("Enter");
    await expectShown(page, ["192.88.99.8"]);
    await until(() => hasFocus(page, "[data-focus-place]"), SHOWN_WITHIN_MS, "the focus at the list");
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await page.keyboard.press("z");
    await page.keyboard.press("Enter");
    await expectShown(page, ["192.88.99.7", "192.88.99.8"]);
    expect(await stack.api.lists.find.query({ list: "allow", networks: ["192.88.99.7"] })).toEqual(before);
    expectQuiet();
  });

  it("takes all that a filter shows, on every page, but for what is left out, and gives it back", async () => {
    const scanners = Array.from({ length: 120 }, (_, at) => `192.88.99.${at}`);
    await add("deny", scanners, "scanner");
    await add("deny", ["198.51.100.1"], "a customer who shouted");
    const page = await open("/denylist?size=20&search=scanner");
    await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
    await page.getByRole("button", { name: "Select all 120" }).click();
    await page.getByText("120 selected / 120").waitFor();
    await page.getByRole("checkbox", { name: "Select 192.88.99.3", exact: true }).uncheck();
    await page.getByText("119 selected / 120").waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await dialog(page)
      .getByText(/All 119 entries that your filter shows/)
      .waitFor();
    await dialog(page).getByLabel("Type 119 to confirm").fill("119");
    await dialog(page).getByRole("button", { name: "Remove 119 entries" }).click();
    await expectShown(page, ["192.88.99.3"]);
    expect(await networksOf("deny")).toEqual(["192.88.99.3", "198.51.100.1"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("0 selected / 120", { exact: true }).waitFor();
    expect(await stack.api.lists.counts.query()).toMatchObject({ deny: 121 });
    expectQuiet();
  });
});

describe("files", () => {
  const csv = [
    "IP_ADDRESS,NOTE,TIME,ADDED_BY",
    "# our customers",
    "192.88.99.1,first,1700000000,carol",
    "192.88.99.300,typo,,",
    "127.0.0.1,ourselves,,",
    "192.88.99.2,second,,",
  ].join("\n");

  it("are tried before anything is changed, imported but for their bad lines, and these are reported", async () => {
    await add("deny", ["192.88.99.2"], "old");
    const page = await open("/denylist?refresh=0");
    await page.getByRole("button", { name: "Import CSV" }).click();
    await chooseFile(page, csv);
    await dialog(page).getByText("Nothing is changed yet.").waitFor();
    await dialog(page).getByText("2 lines are not taken").waitFor();
    expect(await networksOf("deny")).toEqual(["192.88.99.2"]);
    const bad = await dialog(page).locator("[data-bad-line]").allInnerTexts();
    expect(bad.map((text) => text.split("\t"))).toEqual([
      ["4", "192.88.99.300", "Not an address or a network"],
      ["5", "127.0.0.1", "Guarded: it must not be on this list"],
    ]);
    await dialog(page).getByRole("button", { name: "Import 2 entries" }).click();
    await dialog(page).getByText("Done.").waitFor();
    const download = page.waitForEvent("download");
    await dialog(page).getByRole("button", { name: "Download the report" }).click();
    const report = (await readDownload(download)).split("\r\n");
    expect((await download).suggestedFilename()).toBe("customers-bad-lines.csv");
    expect(report.map((line) => line.split(",").slice(0, 2))).toEqual([
      ["LINE", "IP_ADDRESS"],
      ["4", "192.88.99.300"],
      ["5", "127.0.0.1"],
      [""],
    ]);
    await dialog(page).getByRole("button", { name: "Close" }).last().click();
    await expectShown(page, ["192.88.99.1", "192.88.99.2"]);
    const [first] = await stack.api.lists.find.query({ list: "deny", networks: ["192.88.99.1"] });
    expect(first).toMatchObject({ note: "first", addedAtSeconds: 1_700_000_000, addedBy: "carol" });
    expectQuiet();
  });

  it("take off what they name, can be taken back, and come out as they went in", async () => {
    await add("allow", ["192.88.99.1", "192.88.99.2", "192.88.99.9"], 'a "note", with all');
    const page = await open("/allowlist?refresh=0");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export CSV" }).click();
    const exported = await readDownload(download);
    expect(exported).toBe(await stack.sipprot("list", "allow", "export"));
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Remove by a CSV file" }).click();
    await chooseFile(page, csv);
    await dialog(page).getByRole("button", { name: "Remove 2 entries" }).click();
    await dialog(page).getByText("Done.").waitFor();
    await dialog(page).getByRole("button", { name: "Close" }).last().click();
    await expectShown(page, ["192.88.99.9"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expectShown(page, ["192.88.99.1", "192.88.99.2", "192.88.99.9"]);
    expect(await stack.sipprot("list", "allow", "export")).toBe(exported);
    expectQuiet();
  });
});

it("a viewer sees all and is offered no change", async () => {
  await add("allow", ["192.88.99.7"]);
  const { password } = await stack.api.users.add.mutate({ name: "vera", role: "viewer" });
  const page = await open("/allowlist", { session: await stack.signIn({ name: "vera", password }) });
  await row(page, "192.88.99.7").waitFor();
  await page.getByRole("button", { name: "Export CSV" }).waitFor();
  for (const label of [/^Add$/, /^Import/, /^Edit/, /^Remove/]) {
    expect(await page.getByRole("button", { name: label }).count()).toBe(0);
  }
  expect(await page.getByRole("checkbox").count()).toBe(0);
  expectQuiet();
});

it.each([
  ["en", "light", 1280],
  ["fr", "dark", 1280],
  ["fr", "light", 360],
  ["en", "dark", 360],
] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
  await add("allow", ["192.88.99.7", "2001:db8:1234:5678::/64"], "a note of some length, as people write them");
  const page = await open("/allowlist", { language, scheme, context: { viewport: { width, height: 844 } } });
  await page.locator("tbody [aria-expanded]").first().click();
  await page.locator("tbody [type=checkbox]").first().check();
  await expectAccessible(page);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: language === "fr" ? "Ajouter" : "Add", exact: true }).click();
  await dialog(page).getByRole("textbox").first().fill("10.0.0.0/8");
  await dialog(page).getByText("10.0.0.0/8").last().waitFor();
  // What fades in has not its colours yet.
  await page.waitForTimeout(300);
  await expectAccessible(page);
  expectQuiet();
});

/** Presses Tab until a button of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement?.textContent")) === name) return;
  }
  throw new Error(`${name} is not reached by Tab`);
}

async function hasFocus(page: Page, selector: string): Promise<boolean> {
  return Boolean(await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`));
}
