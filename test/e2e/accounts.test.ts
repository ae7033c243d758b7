/** Accounts, tokens, the own account and the audit trail: people and programs of this test really sign in and are refused. */
import { readFile } from "node:fs/promises";
import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSipprotClient } from "../../control/src/client/index.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { PASSWORD, type Stack, signInAs, startStack } from "./stack.ts";

/** The browser says this of every call that was refused; the page says it in its own words. */
const REFUSED = /status of 4\d\d/;

let stack: Stack;
let session: string;
let opened: WatchedPage[] = [];
beforeAll(async () => {
  stack = await startStack("accounts");
  session = await stack.signIn();
});
afterAll(() => stack?.close());
afterEach(async () => {
  for (const watched of opened) await watched.close();
  opened = [];
});

async function open(path: string, options: PageOptions = {}): Promise<WatchedPage> {
  const watched = await stack.browser.open({ session, ...options });
  opened.push(watched);
  await watched.page.goto(path);
  await watched.page.getByRole("heading", { level: 1 }).waitFor();
  return watched;
}
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function typeSignIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `What to do with ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

describe("an account", () => {
  it("is added by keyboard with a one-time password, which is shown once and opens one door", async () => {
    const { page, expectQuiet } = await open("/users");
    await region(page, "Accounts").getByRole("button", { name: "Add an account" }).press("Enter");
    await page.getByRole("dialog", { name: "Add an account" }).locator("input:focus").waitFor();
    await page.keyboard.type("ann");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "One-time password of ann" });
    const password = (await dialog.locator("[data-secret]").textContent()) ?? "";
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole("button", { name: "I have kept it" }).press("Enter");
    await dialog.waitFor({ state: "hidden" });
    expect(await page.content()).not.toContain(password);
    await region(page, "Accounts").locator("[data-row=ann]").getByText("One-time password").waitFor();

    const { page: hers } = await openSignedOut("/sign-in");
    await typeSignIn(hers, "ann", password);
    await hers.getByRole("heading", { level: 1, name: "Choose a password of your own" }).waitFor();
    await hers.getByLabel(/^New password(?! again)/).fill(PASSWORD);
    await hers.getByLabel("New password again").fill(PASSWORD);
    await hers.getByRole("button", { name: "Set this password" }).click();
    await hers.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    // A viewer: not offered, and refused where the address is typed.
    expect(await hers.getByRole("link", { name: "Users and tokens" }).count()).toBe(0);
    for (const path of ["/users", "/audit", "/notifications"]) {
      await hers.goto(path);
      await hers.getByRole("heading", { name: "For administrators" }).waitFor();
    }
    expectQuiet();
  });

  it("gets another role, is switched off and on, and is removed after its name was typed", async () => {
    const { page, expectQuiet } = await open("/users");
    const row = region(page, "Accounts").locator("[data-row=ann]");
    await choose(page, "ann", "Change the role");
    await page.getByRole("dialog").getByRole("radio", { name: "Operator" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await row.getByText("Operator").waitFor();

    const theirs = await signInOf("ann");
    await choose(page, "ann", "Switch off");
    await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
    await row.getByText("Switched off").waitFor();
    await theirs.page.goto("/hosts");
    await typeSignIn(theirs.page, "ann", PASSWORD);
    await theirs.page.getByRole("alert").getByText("This account is switched off.").waitFor();
    await choose(page, "ann", "Switch on");
    await row.getByText("Active").waitFor();

    await choose(page, "ann", "Remove");
    const dialog = page.getByRole("dialog", { name: "Remove ann?" });
    expect(await dialog.getByRole("button", { name: "Remove" }).isDisabled()).toBe(true);
    await dialog.getByLabel("Type ann to confirm").fill("ann");
    await page.keyboard.press("Enter");
    await row.waitFor({ state: "detached" });
    expect((await stack.api.users.list.query()).map(({ name }) => name)).not.toContain("ann");
    expectQuiet();
  });

  it("that is the last administrator's is protected, and the menu says why", async () => {
    const { page } = await open("/users");
    await page.getByRole("button", { name: "What to do with admin" }).click();
    await page.getByText(/The last administrator cannot be demoted/).waitFor();
    for (const name of ["Change the role", "Switch off", "Remove"]) {
      expect(await page.getByRole("menuitem", { name }).isDisabled()).toBe(true);
    }
    await page.keyboard.press("Escape");
  });

  it("is refused under a name that is taken, at the field", async () => {
    const { page, expectQuiet } = await open("/users");
    await page.getByRole("button", { name: "Add an account" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Admin");
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await page
      .getByRole("dialog")
      .getByText(/“Admin” is there already/)
      .first()
      .waitFor();
    expectQuiet(REFUSED);
  });
});

describe("a token", () => {
  it("made in the page opens the client until it is revoked in the page", async () => {
    const { page, expectQuiet } = await open("/users");
    const tokens = region(page, "Tokens");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    await page.getByRole("dialog").getByLabel("Token").fill("PBXware");
    await page.getByRole("dialog").getByRole("radio", { name: "Operator" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Make a token" }).click();
    const dialog = page.getByRole("dialog", { name: "Token “PBXware”" });
    const token = (await dialog.locator("[data-secret]").textContent()) ?? "";
    await dialog.getByRole("button", { name: "I have kept it" }).click();
    const client = createSipprotClient({ url: `http://127.0.0.1:${stack.controlPort}`, token });
    await client.lists.add.mutate({ list: "deny", networks: ["203.0.113.77"], note: "by a program" });
    await expect(client.users.list.query()).rejects.toMatchObject({ data: { code: "not-permitted" } });
    await page.reload();
    const row = tokens.getByRole("row", { name: /^PBXware/ });
    expect(await row.textContent()).not.toContain("Never");
    expect(await row.textContent()).toContain("Operator");
    await row.getByRole("button", { name: "Revoke PBXware" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.waitFor({ state: "detached" });
    await expect(client.lists.counts.query()).rejects.toMatchObject({ data: { code: "not-signed-in" } });
    expect(await page.evaluate("document.activeElement?.textContent")).toContain("Make a token");
    expectQuiet();
  });
});

describe("my account", () => {
  it("has a second factor of a real authenticator, new recovery codes, and none again", async () => {
    const { page, expectQuiet } = await openAs("fay", "/account");
    const section = region(page, "Second factor");
    await section.locator("[data-factor=off]").waitFor();
    await section.getByRole("button", { name: "Set up a second factor" }).click();
    await section.getByLabel("Your present password").fill(PASSWORD);
    await section.getByRole("button", { name: "Show the code to scan" }).click();
    const secret = ((await section.locator("code").first().textContent()) ?? "").replaceAll(" ", "");
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    await expectAccessible(page);
    await section.getByLabel("Six digits of the app").fill(totp.generate());
    await section.getByRole("button", { name: "Switch the second factor on" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      section.getByRole("button", { name: "Keep as a file" }).click(),
    ]);
    const codes = (await readFile((await download.path()) ?? "", "utf8")).trim().split("\n");
    expect(codes).toHaveLength(10);
    await section.getByRole("button", { name: "I have kept them" }).click();
    await section.locator("[data-factor=on]").waitFor();

    await section.getByRole("button", { name: "New recovery codes" }).click();
    await section.getByLabel("Your present password").fill(PASSWORD);
    await section.getByLabel("Code of the second factor").fill(codes[0] ?? "");
    await section.getByRole("button", { name: "New recovery codes" }).click();
    await section.getByText("Keep these recovery codes").waitFor();
    const renewed = await section.getByRole("listitem").allTextContents();
    expect(renewed).toHaveLength(10);
    expect(renewed).not.toContain(codes[1]);
    await section.getByRole("button", { name: "I have kept them" }).click();

    await section.getByRole("button", { name: "Switch it off" }).click();
    await section.getByLabel("Your present password").fill(PASSWORD);
    await section.getByLabel("Code of the second factor").fill(codes[1] ?? "");
    await section.getByRole("button", { name: "Switch it off" }).click();
    await section.getByText("The code is wrong or was used already.").waitFor();
    await section.getByLabel("Code of the second factor").fill(renewed[1] ?? "");
    await section.getByRole("button", { name: "Switch it off" }).click();
    await section.locator("[data-factor=off]").waitFor();
    expectQuiet(REFUSED);
  });

  it("marks this session, ends one and then all others, and changes the password", async () => {
    const { page } = await openAs("gus", "/account");
    await signInOf("gus");
    await signInOf("gus");
    await page.reload();
    const section = region(page, "Sessions");
    const rows = section.locator("tbody tr");
    await rows.nth(2).waitFor();
    expect(await rows.filter({ hasText: "This one" }).count()).toBe(1);
    await section
      .getByRole("button", { name: /^End the session of gus/ })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
    await rows.nth(2).waitFor({ state: "detached" });
    await section.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
    await rows.nth(1).waitFor({ state: "detached" });
    expect((await stack.api.auth.allSessions.query()).filter(({ user }) => user === "gus")).toHaveLength(1);
    const password = region(page, "Password");
    await password.getByRole("button", { name: "Change the password" }).click();
    await password.getByLabel("Your present password").fill(PASSWORD);
    await password.getByLabel(/^New password(?! again)/).fill(`${PASSWORD}, seven`);
    await password.getByLabel("New password again").fill(`${PASSWORD}, seven`);
    await password.getByRole("button", { name: "Change the password" }).click();
    await password.getByText("The password was changed").waitFor();
  });

  it("keeps language, appearance and time zone for every browser", async () => {
    const { page, expectQuiet } = await openAs("ida", "/account");
    const section = region(page, "Language and appearance");
    await section.getByRole("combobox", { name: "Time zone" }).fill("Asia/Tok");
    await page.getByRole("option", { name: /Asia\/Tokyo/ }).click();
    await section.getByRole("combobox", { name: "Appearance" }).click();
    await page.getByRole("option", { name: "Dark" }).click();
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
    await section.getByRole("combobox", { name: "Language" }).click();
    await page.getByRole("option", { name: "Français" }).click();
    await page.getByRole("heading", { level: 1, name: "Mon compte" }).waitFor();
    const kept = async () => (await stack.api.users.list.query()).find(({ name }) => name === "ida")?.preferences;
    await expect.poll(kept).toEqual({ language: "fr", colorScheme: "dark", timeZone: "Asia/Tokyo" });
    await region(page, "Langue et apparence").getByRole("combobox", { name: "Fuseau horaire" }).click();
    await page.getByRole("option", { name: "Comme le navigateur" }).click();
    await expect.poll(kept).toEqual({ language: "fr", colorScheme: "dark" });
    expectQuiet();
  });
});

describe("the audit trail", () => {
  it("shows all of that: who, from where, and what was before and after", async () => {
    const { page, expectQuiet } = await open("/audit");
    await page.getByRole("combobox", { name: "What" }).selectOption("users.");
    const changed = page.getByRole("row", { name: /Changed the role of an account/ });
    await changed.first().waitFor();
    await changed
      .first()
      .getByRole("button", { name: /^Details of/ })
      .click();
    const change = page.locator("[data-change=role]");
    expect([await change.locator("del").textContent(), await change.locator("ins").textContent()]).toEqual([
      "Before viewer",
      "After operator",
    ]);
    expect(await changed.first().textContent()).toContain("admin");
    expect(await changed.first().textContent()).toContain("127.0.0.1");
    await page.getByRole("combobox", { name: "What" }).selectOption("lists.");
    await page.getByRole("row", { name: /Token PBXware .*Added entries to a list/ }).waitFor();
    await page.getByRole("textbox", { name: "Who" }).fill("fay");
    await page.getByRole("combobox", { name: "What" }).selectOption("auth.");
    for (const what of [
      "Switched their second factor on",
      "Made new recovery codes",
      "Switched their second factor off",
    ]) {
      await page
        .getByRole("row", { name: new RegExp(`${what}.*Done`) })
        .first()
        .waitFor();
    }
    await page.getByRole("combobox", { name: "Outcome" }).selectOption("failed");
    await page.getByRole("row", { name: /Not done: wrong-second-factor/ }).waitFor();
    await page.getByRole("textbox", { name: "Who" }).fill("nobody-of-that-name");
    await page.getByText("Nothing matches").waitFor();
    await page.locator("main").getByRole("button", { name: "Reset the filters" }).last().click();
    await page
      .getByRole("row", { name: /Signed in/ })
      .first()
      .waitFor();
    expectQuiet();
  });

  it("shows hostile text as text, and exports what is shown", async () => {
    const note = "<img src=x onerror=alert(1)>\u202egnp.exe";
    await stack.api.lists.add.mutate({ list: "deny", networks: ["203.0.113.78"], note });
    const { page, expectQuiet } = await open("/audit?kind=lists.&search=203.0.113.78");
    const row = page.getByRole("row", { name: /Added entries to a list/ }).first();
    await row.getByRole("button", { name: /^Details of/ }).click();
    await page.getByText("What was given").click();
    await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.locator("main").textContent()).not.toContain("\u202e");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export as JSON lines" }).click(),
    ]);
    const lines = (await readFile((await download.path()) ?? "", "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).action)).toEqual(["lists.add"]);
    expectQuiet();
  });
});

describe("each of the pages", () => {
  it.each(
    ["/users", "/audit", "/account"].flatMap((path) => [
      [path, "en", "light", 1280] as const,
      [path, "fr", "dark", 1280] as const,
      [path, "fr", "light", 360] as const,
    ]),
  )("%s is accessible and fits, in %s, %s, %i wide", async (path, language, scheme, width) => {
    const { page, expectQuiet } = await open(path, { language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("tbody tr").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expectQuiet();
  });
});

async function openSignedOut(path: string): Promise<WatchedPage> {
  const watched = await stack.browser.open();
  opened.push(watched);
  await watched.page.goto(path);
  return watched;
}

/** A new operator, signed in, on a page. */
async function openAs(name: string, path: string): Promise<WatchedPage> {
  return open(path, { session: await signInAs(stack, name, "operator") });
}

/** Another browser of somebody, signed in by typing. */
async function signInOf(name: string): Promise<WatchedPage> {
  const watched = await openSignedOut("/sign-in");
  await typeSignIn(watched.page, name, PASSWORD);
  await watched.page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
  return watched;
}
