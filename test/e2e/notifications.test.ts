/** Notifications: mail and webhook that really arrive, a test whose conversation is seen while it runs, and the history. */
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type MailServer, NO_MAILBOX, startMailServer } from "./mail-server.ts";
import { PASSWORD, type Stack, signInAs, startStack } from "./stack.ts";

/** The browser says this of every call that was refused; the page says it in its own words. */
const REFUSED = /status of 4\d\d/;

let stack: Stack;
let session: string;
let mail: MailServer;
let hook: Server;
let hookUrl = "";
const received: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }> = [];
let watched: WatchedPage;
beforeAll(async () => {
  hook = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    received.push({ headers: request.headers, body });
    response.end("thanks, <b>noted</b>");
  });
  await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/sipprot`;
  [stack, mail] = await Promise.all([startStack("notifications"), startMailServer(3000)]);
  session = await stack.signIn();
});
afterAll(async () => {
  await stack?.close();
  await mail?.close();
  hook.closeAllConnections();
  hook.close();
});
afterEach(() => watched?.close());

async function open(options: PageOptions = {}): Promise<Page> {
  watched = await stack.browser.open({ session, ...options });
  await watched.page.goto("/notifications");
  await watched.page.getByRole("heading", { level: 1 }).waitFor();
  return watched.page;
}
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
// The list of suggestions has the same label.
const recipients = (page: Page) => region(page, "Mail").getByLabel("Recipients").and(page.locator("input"));
/** Its description is a part of the name. */
const flip = (page: Page, label: string) => page.getByRole("switch", { name: label }).click();
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const settings = async () => (await stack.api.notifications.get.query()).settings;

describe("mail", () => {
  it("is set up and tested: both sides are heard while it runs, and a refusal is told in the server's words", async () => {
    const page = await open();
    const section = region(page, "Mail");
    await page.getByText("Nothing was sent yet").waitFor();
    await recipients(page).fill("nobody@example.com");
    await page.keyboard.press("Enter");
    await section.getByLabel("Mail server", { exact: true }).fill("127.0.0.1");
    await section.getByRole("combobox", { name: "Encryption" }).click();
    await page.getByRole("option", { name: "None (25)" }).click();
    await section.getByLabel("Port").fill(String(mail.port));
    await section.getByLabel("Sender").fill("sipprot@example.com");
    await section.getByRole("button", { name: "Save and send a test" }).click();
    const dialogue = section.getByRole("list", { name: "What both sides said" });
    await dialogue.getByText("RCPT TO:<nobody@example.com>").waitFor();
    // The server still thinks: the answer is not there yet, the conversation is.
    expect(await section.getByText(NO_MAILBOX).count()).toBe(0);
    await section.getByText(/Under way for/).waitFor();
    await section.getByText(/The test was not taken/).waitFor();
    await section.getByRole("status").getByText(NO_MAILBOX).waitFor();
    await page
      .getByRole("row", { name: /Test Not taken/ })
      .first()
      .waitFor();
    expect(mail.mails).toEqual([]);
    watched.expectQuiet();
  });

  it("arrives once the recipient is right, and is in the history", async () => {
    const page = await open();
    const section = region(page, "Mail");
    await section.locator(".mantine-Pill-remove").first().click();
    await recipients(page).fill("ada@example.com");
    await page.keyboard.press("Enter");
    await section.getByRole("button", { name: "Save and send a test" }).click();
    await section.getByText("The mail server took the message. Its own words:").waitFor();
    expect(mail.mails.map(({ to }) => to)).toEqual([["ada@example.com"]]);
    await page
      .getByRole("row", { name: /Mail Test Taken/ })
      .first()
      .waitFor();
    expect((await stack.api.notifications.history.query({})).rows.map(({ isTaken }) => isTaken)).toEqual([true, false]);
    await section.locator("[data-state=ok]").waitFor();
  });

  it("does not keep a password for another server, and never shows one", async () => {
    const page = await open();
    const section = region(page, "Mail");
    await section.getByLabel("User name").fill("mailer");
    await section.getByLabel("Password", { exact: true }).fill("open sesame");
    await save(page);
    await section.getByText("One is stored. Leave this empty to keep it.").waitFor();
    expect(await section.getByLabel("Password", { exact: true }).inputValue()).toBe("");
    await section.getByLabel("User name").fill("other");
    await section.getByText(/The stored password belongs to another server or user/).waitFor();
    await section.getByLabel("User name").fill("");
    await save(page);
    await section.getByText("None is stored.", { exact: true }).waitFor();
    expect(await page.content()).not.toContain("open sesame");
  });
});

describe("the webhook", () => {
  it("is told a test, signed as the page explains it", async () => {
    const page = await open();
    const section = region(page, "Webhook");
    await section.getByLabel("Address").fill(hookUrl);
    await section.getByRole("button", { name: "Make a secret" }).click();
    const secret = await section.getByLabel("Secret", { exact: true }).inputValue();
    await section.getByText("How to check the signature").click();
    const shown = (await section.locator("[data-example=request]").textContent()) ?? "";
    const command = (await section.locator("[data-example=shell]").textContent()) ?? "";
    const computed = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim().split(" ").at(-1);
    expect(/X-Sipprot-Signature: v1=(\w+)/.exec(shown)?.[1]).toBe(computed);
    await section.getByRole("button", { name: "Save and send a test" }).click();
    await section.getByText("The webhook took the message. It answered:").waitFor();
    // As text: a server's answer is never markup.
    await section.getByText("200 OK: thanks, <b>noted</b>").first().waitFor();
    const { headers, body } = received.at(-1) ?? { headers: {}, body: "" };
    const signature = createHmac("sha256", secret).update(`${headers["x-sipprot-timestamp"]}.${body}`).digest("hex");
    expect(headers["x-sipprot-signature"]).toBe(`v1=${signature}`);
    expect(JSON.parse(body)).toMatchObject({ kind: "test", host: "gate" });
    watched.expectQuiet();
  });

  it("that is switched off keeps how it is set up, and can still be tested", async () => {
    const page = await open();
    const section = region(page, "Webhook");
    await flip(page, "Call the webhook");
    await save(page);
    await section.locator("[data-state=off]").waitFor();
    expect(await settings()).toMatchObject({ webhookOn: false, webhook: { url: hookUrl } });
    const before = received.length;
    await section.getByRole("button", { name: "Send a test" }).click();
    await section.getByText("The webhook took the message.").waitFor();
    expect(received.length).toBe(before + 1);
  });
});

describe("what is told", () => {
  it("is set with its hour, its zone and its pause, and is what the command line shows", async () => {
    const page = await open();
    const section = region(page, "What is told");
    await flip(page, "A summary each day");
    await section.getByRole("combobox", { name: "Hour" }).click();
    await page.getByRole("option", { name: "6:00 AM", exact: true }).click();
    await section.getByRole("combobox", { name: "Time zone" }).fill("Europe/Par");
    await page.getByRole("option", { name: /Europe\/Paris/ }).click();
    await flip(page, "A message when there is an attack");
    await section.getByLabel("At most one message in so many minutes").fill("30");
    await section.getByRole("combobox", { name: "Language of the messages" }).click();
    await page.getByRole("option", { name: "Français" }).click();
    await save(page);
    await page.getByRole("region", { name: "There are unsaved changes" }).waitFor({ state: "hidden" });
    const shown = await stack.sipprot("notify", "show");
    expect(shown).toContain("daily summary:   on, at 06:00 Europe/Paris");
    expect(shown).toContain("attack messages: on, at most one in 30 minutes");
    expect(shown).toContain("language:        fr");
  });

  it("is not lost: leaving asks first, and a session that ended is begun again over the page", async () => {
    const page = await open();
    await region(page, "What is told").getByLabel("At most one message in so many minutes").fill("45");
    await page.getByRole("link", { name: "Hosts", exact: true }).click();
    const question = page.getByRole("dialog", { name: "There are unsaved changes" });
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(new URL(page.url()).pathname).toBe("/notifications");
    for (const { id } of await stack.api.auth.allSessions.query()) await stack.api.auth.revokeAnySession.mutate({ id });
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("region", { name: "There are unsaved changes" }).waitFor({ state: "hidden" });
    expect((await settings()).attackIntervalMinutes).toBe(45);
    session = await stack.signIn();
    watched.expectQuiet(REFUSED);
  });

  it("is never written over the change of another administrator without a word", async () => {
    const page = await open();
    const interval = region(page, "What is told").getByLabel("At most one message in so many minutes");
    await interval.fill("20");
    await stack.sipprot("notify", "set", "--language", "en");
    await save(page);
    await page.getByText("Somebody else changed these settings meanwhile").waitFor();
    expect(await settings()).toMatchObject({ language: "en", attackIntervalMinutes: 45 });
    expect(await interval.inputValue()).toBe("20");
    await page.getByRole("button", { name: "Show theirs, drop mine" }).click();
    await page.getByRole("region", { name: "There are unsaved changes" }).waitFor({ state: "hidden" });
    expect(await interval.inputValue()).toBe("45");
    watched.expectQuiet(REFUSED);
  });

  it("is not saved where nobody would be told, and the page says so", async () => {
    const page = await open();
    await flip(page, "Send mail");
    await page.getByRole("alert").getByText("Nobody would be told").waitFor();
    expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
    const refused = stack.sipprot("notify", "set", "--no-smtp");
    await expect(refused).rejects.toThrow("nobody would be told");
    watched.expectQuiet();
  });
});

describe("the page", () => {
  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
    ["en", "dark", 360],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const page = await open({ language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("[data-health=webhook]").waitFor();
    await page.locator("details summary").first().click();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched.expectQuiet();
  });

  it("is for administrators: others are told whose it is", async () => {
    const page = await open({ session: await signInAs(stack, "hand", "operator") });
    await page.getByRole("heading", { name: "For administrators" }).waitFor();
    expect(await page.getByRole("link", { name: "Notifications" }).count()).toBe(0);
    watched.expectQuiet();
  });
});
