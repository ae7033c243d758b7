/** The settings: changed by keyboard and obeyed by the gate, previewed by what really came, undone when nobody confirms. */
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { makePng } from "../system/small-png.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { PBX_PASSWORD } from "./pbx.ts";
import { askOptionsAs, registerAs } from "./sip-phone.ts";
import { PASSWORD, type Stack, startStack } from "./stack.ts";

const CONFIRM_SECONDS = 10;

let stack: Stack;
let session: string;
const pages: WatchedPage[] = [];
beforeAll(async () => {
  stack = await startStack("settings", { env: { SIPPROT_CONFIRM_SECONDS: String(CONFIRM_SECONDS) } });
  session = await stack.signIn();
});
afterAll(() => stack?.close());
afterEach(async () => {
  for (const watched of pages.splice(0)) await watched.close();
});

async function open(options: PageOptions = {}): Promise<WatchedPage> {
  const watched = await stack.browser.open({ session, ...options });
  pages.push(watched);
  await watched.page.goto("/settings");
  await watched.page.locator("[data-setting=mode]").waitFor();
  return watched;
}

const settings = async () => (await stack.api.settings.get.query()).settings;
const phone = (address: string, agent: string) => ({ address, agent, port: stack.sipPort });
const button = (page: Page | Locator, name: string) => page.getByRole("button", { name, exact: true });

/** Goes on with Tab until the focus is on the element, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if ((await target.and(page.locator(":focus")).count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the focus never came to ${target}`);
}

describe("an administrator without a mouse", () => {
  it("blocks a user agent, and the gate refuses it", async () => {
    const probe = phone("127.0.0.2", "Evilphone/3");
    expect(await askOptionsAs(probe)).toBe(200);
    const { page, expectQuiet } = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("user agents");
    await page.locator("[data-setting=mode]").waitFor({ state: "hidden" });
    await tabTo(page, page.getByRole("textbox", { name: "Beginning of a user agent" }));
    await page.keyboard.type("evilphone");
    await page.keyboard.press("Enter");
    await tabTo(page, button(page, "Review and save"));
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Added: evilphone").waitFor();
    await tabTo(page, button(dialog, "Save the change"));
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await until(async () => (await askOptionsAs(probe)) === undefined, 10_000);
    expect(await askOptionsAs(phone("127.0.0.2", "Goodphone/1"))).toBe(200);
    expectQuiet();
  });

  it("sees bounds said at the field, and cannot save beyond them", async () => {
    const { page, expectQuiet } = await open();
    const row = page.locator("[data-setting=blockThreshold]");
    await row.getByRole("textbox").fill("21");
    await row.getByText("A whole number from 1 to 20.").waitFor();
    await button(page, "Review and save").click();
    await row.getByRole("textbox").and(page.locator(":focus")).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await row.getByRole("button", { name: /^Reset/ }).click();
    await page.getByText("unsaved change").first().waitFor({ state: "hidden" });
    expectQuiet();
  });
});

describe("the preview", () => {
  it("is what really came: the phone that registered, and the guesses that failed", async () => {
    expect(await registerAs(phone("127.0.0.3", "Deskphone/7.1"), "1001", PBX_PASSWORD)).toBe(200);
    for (let guess = 0; guess < 3; guess += 1) {
      expect(await registerAs(phone("127.0.0.4", "Guesser/2"), "1001", `wrong${guess}`)).toBe(401);
    }
    // What the workers know of registered phones is told once a minute, and when the gate ends.
    await stack.proxy?.stop();
    await stack.proxy?.start();
    const { page, expectQuiet } = await open();
    const agents = page.locator("[data-setting=blockedAgents]");
    for (const agent of ["Deskphone", "guesser"]) {
      await agents.getByRole("textbox").fill(agent);
      await agents.getByRole("textbox").press("Enter");
    }
    await button(page, "Review and save").click();
    const dialog = page.getByRole("dialog");
    const fact = (name: string) => dialog.locator(`[data-fact=${name}]`).innerText();
    await dialog.locator("[data-preview=shown]").waitFor();
    expect(await fact("hurt")).toMatch(/^1\s+registered phone would be refused/);
    expect(await fact("refused")).toMatch(/^3\s+more messages refused\s+from 1 address/);
    const hurt = dialog.locator("[data-hurt='127.0.0.3']");
    expect(await hurt.innerText()).toMatch(/1001[\s\S]*Deskphone\/7\.1/);
    await dialog.locator("[data-source='127.0.0.4']").getByText("Guesser/2").waitFor();
    await expectAccessible(page);
    await button(dialog, "Back").click();
    expectQuiet();
  });
});

describe("a dangerous change", () => {
  const protect = async (page: Page) => {
    await page.getByRole("radio", { name: "Protect" }).check();
    await button(page, "Review and save").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/From observing to protecting/).waitFor();
    await button(dialog, "Save on trial").click();
    await page.locator("[data-pending]").waitFor();
  };

  it("is undone by itself when nobody confirms it, also when the control server died meanwhile", async () => {
    await stack.api.settings.change.mutate({ mode: "observe" });
    const watched = await open();
    const { page } = watched;
    await protect(page);
    expect((await settings()).mode).toBe("protect");
    await page
      .getByText(/Undone in \d+ s/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await stack.control.stop("SIGKILL");
    await stack.control.start();
    await page.locator("[data-ended=undone-by-time]").waitFor({ timeout: 30_000 });
    expect((await settings()).mode).toBe("observe");
    const trail = await stack.api.audit.page.query({ size: 5, descending: true });
    expect(JSON.stringify(trail)).toMatch(/"action":"settings.undo".*observe/);
    watched.expectQuiet(/502|Failed to load/);
  });

  it("stays when it is confirmed in time, and goes at once when it is undone at the terminal", async () => {
    await stack.api.settings.change.mutate({ mode: "observe" });
    const { page, expectQuiet } = await open();
    await protect(page);
    await button(page, "It works: keep it").click();
    await page.locator("[data-ended=confirmed]").waitFor();
    expect((await settings()).mode).toBe("protect");

    await stack.sipprot("settings", "set", "failOpen", "false", "--trial");
    expect((await settings()).failOpen).toBe(false);
    expect(await stack.sipprot("settings", "undo")).toContain("failOpen is true again");
    expect((await settings()).failOpen).toBe(true);
    expectQuiet();
  });
});

describe("two administrators", () => {
  it("are told of each other, and nothing either of them typed is lost", async () => {
    const { page, expectQuiet } = await open();
    const row = page.locator("[data-setting=blockThreshold]");
    await row.getByRole("textbox").fill("5");
    await stack.api.settings.change.mutate({ blockThreshold: 7, floodBurstMessages: 450 });
    await row.getByText(/In force is now: 7 blocks/).waitFor({ timeout: 15_000 });
    expect(await row.getByRole("textbox").inputValue()).toBe("5");
    expect(await page.locator("[data-setting=floodBurstMessages]").getByRole("textbox").inputValue()).toBe("450");
    await button(row, "Keep mine").click();
    await button(page, "Review and save").click();
    const dialog = page.getByRole("dialog");
    // The third one is faster still: the server says so, and what was typed stays.
    await stack.api.settings.change.mutate({ blockThreshold: 9 });
    await button(dialog, "Save the change").click();
    await dialog.getByText(/^Somebody else changed this meanwhile\. Nothing was written/).waitFor();
    expect((await settings()).blockThreshold).toBe(9);
    await button(dialog, "Back").click();
    await row.getByText(/In force is now: 9 blocks/).waitFor();
    await button(row, "Take theirs").click();
    expect(await row.getByRole("textbox").inputValue()).toBe("9");
    expectQuiet(/409/);
  });

  it("are asked before unsaved changes are left, and find them again after a reload", async () => {
    const { page, expectQuiet } = await open();
    page.on("dialog", (dialog) => void dialog.accept());
    await page.locator("[data-setting=blockThreshold]").getByRole("textbox").fill("6");
    await page.getByRole("link", { name: "Hosts" }).first().click();
    const question = page.getByRole("dialog");
    await question.getByText("Leave without saving?").waitFor();
    await button(question, "Cancel").click();
    await page.reload();
    await page.getByText("They are still here from before.").waitFor();
    expect(await page.locator("[data-setting=blockThreshold]").getByRole("textbox").inputValue()).toBe("6");
    await page.getByRole("link", { name: "Hosts" }).first().click();
    await button(page.getByRole("dialog"), "Leave").click();
    await page.getByRole("heading", { level: 1, name: "Hosts" }).waitFor();
    expectQuiet();
  });
});

describe("who may only look", () => {
  it("sees every value as text, and nothing to change it with", async () => {
    const { password: once } = await stack.api.users.add.mutate({ name: "vera", role: "viewer" });
    const watched = await stack.browser.open();
    pages.push(watched);
    const { page } = watched;
    await page.goto("/sign-in?next=/settings");
    await page.getByLabel("Name").fill("vera");
    await page.getByLabel("Password", { exact: true }).fill(once);
    await button(page, "Sign in").click();
    await page.getByLabel(/^New password(?! again)/).fill(PASSWORD);
    await page.getByLabel("New password again").fill(PASSWORD);
    await button(page, "Set this password").click();
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    await page.goto("/settings");
    await page.getByText("You can look at the settings.").waitFor();
    expect(await page.locator("[data-setting=blockRuleFailuresPerMinute]").innerText()).toContain(
      "10 failures a minute",
    );
    expect(await page.locator("[data-setting] input, [data-setting] button").count()).toBe(0);
    await expectAccessible(page);
    watched.expectQuiet();
  });
});

describe("a customer's own look", () => {
  it("is adapted until it can be read, and shown to everybody from the sign-in on", async () => {
    const { page, expectQuiet } = await open();
    const card = page.getByRole("region", { name: "Your own look" });
    await card.getByLabel("Product name").fill("Phonegate");
    await card.getByLabel("Accent colour").fill("#ffef99");
    // The colours to choose from lie over what is below while one is in the field.
    await card.getByLabel("Accent colour").blur();
    await card.getByText(/Words are made darker: your colour has a contrast of 1\.1/).waitFor();
    const png = { name: "logo.png", mimeType: "image/png", buffer: makePng(120, 40) };
    await card.locator("input[type=file]").setInputFiles({ ...png, buffer: Buffer.from("<svg onload=alert(1)>") });
    await card.getByRole("alert").waitFor();
    await card.locator("input[type=file]").setInputFiles(png);
    await card.getByText("The logo could not be seen here and stands on a plate.").waitFor();
    await button(card, "Save the look").click();
    await page.getByRole("banner").getByRole("img", { name: "Phonegate" }).waitFor();
    expectQuiet();
    for (const scheme of ["light", "dark"] as const) {
      const door = await stack.browser.open({ scheme });
      pages.push(door);
      await door.page.goto("/sign-in");
      const logo = door.page.getByRole("img", { name: "Phonegate" });
      await logo.waitFor();
      expect(await logo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(120);
      expect(await door.page.title()).toContain("Phonegate");
      await expectAccessible(door.page);
      door.expectQuiet();
    }
    await stack.api.branding.change.mutate({ productName: "sipprot", accent: "#0b6374", logo: null });
  });
});

describe.each([
  { language: "en", scheme: "light", size: "desktop" },
  { language: "fr", scheme: "dark", size: "phone" },
  { language: "en", scheme: "dark", size: "desktop" },
  { language: "fr", scheme: "light", size: "desktop" },
] as const)("in $language, $scheme, on a $size", (options) => {
  it("can be read and reached by everybody", async () => {
    const { page, expectQuiet } = await open(options);
    await page.locator("[data-boot=SIPPROT_PBX]").waitFor();
    await page.locator("[data-scheme=dark]").waitFor();
    await expectAccessible(page);
    const width = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(width)).toBe(0);
    await page.setViewportSize({ width: options.size === "phone" ? 360 : 640, height: 600 });
    expect(await page.evaluate(width)).toBe(0);
    expectQuiet();
  });
});
