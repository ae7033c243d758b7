import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./axe.ts";
import type { WatchedPage } from "./browser.ts";
import { NO_MAILBOX, startMailServer } from "./mail-server.ts";
import { PASSWORD, type Stack, startStack } from "./stack.ts";

/** From the sign-in to the first address on the allowlist, by clicks and typing alone. */
const FIRST_ADDRESS_WITHIN_MS = 120_000;

let stack: Stack;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  stack = await startStack("first-run", { isFarAway: true });
  watched = await stack.browser.open();
  page = watched.page;
});
afterAll(() => stack?.close());

const button = (name: string) => page.getByRole("button", { name, exact: true });
const heading = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

/** A new administrator's way; each step begins where the one before ended. */
describe("a new administrator", () => {
  it("gets from the one-time password to the first address on the allowlist within two minutes", async () => {
    const beginMs = performance.now();
    await page.goto("/");
    await page.getByLabel("Name", { exact: true }).fill(stack.first.name);
    await page.getByLabel("Password", { exact: true }).fill(stack.first.password);
    await button("Sign in").click();

    await heading("Which language do you read?");
    await page.getByRole("radio", { name: "Français" }).click();
    await heading("Quelle langue lisez-vous ?");
    await page.getByRole("radio", { name: "English" }).click();
    await heading("Which language do you read?");
    await button("Continue").click();

    await page.getByLabel(/^New password(?! again)/).fill(PASSWORD);
    await page.getByLabel("New password again").fill(PASSWORD);
    await button("Set this password").click();
    await button("Continue without").click();

    const own = page.getByRole("checkbox", { name: `You come from ${stack.browserAddress}: always allow it` });
    expect(await own.isChecked()).toBe(true);
    await button("Always allow these").click();
    await heading("Where is the PBX?");
    const tookMs = performance.now() - beginMs;
    console.log(`first address on the allowlist after ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(FIRST_ADDRESS_WITHIN_MS);
    expect(await stack.sipprot("list", "allow", "show")).toContain(stack.browserAddress);
    expect((await stack.api.users.list.query())[0]?.preferences.language).toBe("en");
  });

  it("sees what the PBX answers, and that another place does not", async () => {
    await page.getByText(`127.0.0.1:${stack.pbxPort} answers`).waitFor();
    await page.getByText(/“200 OK” after [\d.,]+ ms/).waitFor();
    await stack.pbx?.stop();
    await button("Ask again").click();
    await page.getByText(`127.0.0.1:${stack.pbxPort} does not answer`).waitFor();
    await stack.pbx?.start();
    await button("Ask again").click();
    await page.getByText(`127.0.0.1:${stack.pbxPort} answers`).waitFor();
  });

  it("can leave, is not bothered again, and goes on in another browser where it was left", async () => {
    await button("Continue").click();
    await heading("Observe first, or protect now?");
    await button("Do the rest later").click();
    await heading("Dashboard");
    await page.goto("/");
    await heading("Dashboard");
    const other = await stack.browser.open({ language: "fr", scheme: "dark", size: "phone" });
    await other.page.goto("/sign-in");
    await other.page.getByLabel("Nom", { exact: true }).fill(stack.first.name);
    await other.page.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
    await other.page.getByRole("button", { name: "Se connecter", exact: true }).click();
    await other.page
      .getByRole("link", { name: "Go on with them" })
      .or(other.page.getByRole("link", { name: "Les reprendre" }))
      .click();
    await other.page.getByText("Étape 5 sur 6").or(other.page.getByText("Step 5 of 6")).waitFor();
    await expectAccessible(other.page);
    expect(await other.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    other.expectQuiet();
    await other.close();
  });

  it("observes first, as advised", async () => {
    await page.getByRole("link", { name: "Go on with them" }).click();
    await heading("Observe first, or protect now?");
    expect(await page.getByRole("radio", { name: /^Observe/ }).isChecked()).toBe(true);
    await button("Begin observing").click();
    await heading("Who is told by mail?");
    expect((await stack.api.settings.get.query()).settings.mode).toBe("observe");
  });

  it("sends a mail and sees what the mail server answers, refused and taken", async () => {
    const mail = await startMailServer();
    try {
      await page.getByLabel("Recipient").fill("nobody@example.com");
      await page.getByLabel("Mail server").fill("127.0.0.1");
      await page.getByRole("combobox", { name: "Encryption" }).click();
      await page.getByRole("option", { name: "None (25)" }).click();
      expect(await page.getByLabel("Port").inputValue()).toBe("25");
      await page.getByLabel("Port").fill(String(mail.port));
      await page.getByLabel("Sender").fill("sipprot@example.com");
      await button("Save and send a test").click();
      await page.getByText("The message could not be sent").waitFor();
      await page.getByText(NO_MAILBOX).waitFor();
      await page.getByLabel("Recipient").fill("ada@example.com");
      await button("Save and send a test").click();
      await page.getByText("The mail server took the message").waitFor();
      expect(mail.mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
      await expectAccessible(page);
    } finally {
      await mail.close();
    }
    await button("Save and continue").click();
  });

  it("comes to a dashboard that waits for the first message, and says when it came", async () => {
    await heading("That is all");
    await button("To the dashboard").click();
    await heading("Dashboard");
    const card = page.getByRole("region", { name: "Waiting for the first message" });
    await card.getByText("The first steps are behind you").waitFor();
    await card.getByText("No SIP message yet").waitFor();
    const line = (await card.locator("code").textContent()) ?? "";
    expect(line).toBe(`sipsak -vv -s sip:test@127.0.0.1:${stack.sipPort}`);
    const [command = "", ...words] = line.split(" ");
    await promisify(execFile)(command, words);
    await card.waitFor({ state: "hidden", timeout: 20_000 });
    await page.goto("/first-run");
    expect(page.url()).toBe(`${stack.origin}/`);
    watched.expectQuiet();
  });
});
