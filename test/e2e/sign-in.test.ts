import { Secret, TOTP } from "otpauth";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { ask, PASSWORD, type Stack, startStack } from "./stack.ts";

/** Said by the browser of every call that was refused; the page says it in its own words. */
const REFUSED = /status of 4\d\d/;

let stack: Stack;
let opened: WatchedPage[] = [];
beforeAll(async () => {
  stack = await startStack("sign-in");
  await stack.signIn();
});
afterAll(() => stack?.close());
afterEach(async () => {
  for (const watched of opened) await watched.close();
  opened = [];
});

async function open(path: string, options: PageOptions = {}): Promise<WatchedPage> {
  const watched = await stack.browser.open(options);
  opened.push(watched);
  await watched.page.goto(path);
  return watched;
}

async function fillIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

describe("signing in", () => {
  it("leads to the page that was asked for, and out again", async () => {
    const { page, expectQuiet } = await open("/hosts?refresh=off");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await fillIn(page, "admin", PASSWORD);
    await heading(page, "Hosts").waitFor();
    expect(page.url()).toBe(`${stack.origin}/hosts?refresh=off`);
    await page.getByRole("button", { name: "Account of admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await heading(page, "Sign in").waitFor();
    await page.goto("/hosts");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    expectQuiet();
  });

  it("never leads to another site", async () => {
    const { page } = await open(`/sign-in?next=${encodeURIComponent("//evil.example/")}`);
    await fillIn(page, "admin", PASSWORD);
    await heading(page, "Dashboard").waitFor();
    expect(page.url()).toBe(`${stack.origin}/`);
  });

  it("works by keyboard alone, from the name on", async () => {
    const { page } = await open("/sign-in");
    await page.keyboard.type("admin");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await heading(page, "Dashboard").waitFor();
  });

  it("says what was wrong in the reader's language, and keeps the name", async () => {
    const { page, expectQuiet } = await open("/sign-in", { language: "fr" });
    await page.getByLabel("Nom", { exact: true }).fill("admin");
    await page.getByLabel("Mot de passe", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Se connecter", exact: true }).click();
    await page.getByRole("alert").getByText("Le nom ou le mot de passe est faux.").waitFor();
    expect(await page.getByLabel("Nom", { exact: true }).inputValue()).toBe("admin");
    expectQuiet(REFUSED);
  });

  it("waits after too many wrong passwords, counts down, and then goes on", async () => {
    const { page } = await open("/sign-in");
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await fillIn(page, "nobody", `wrong ${attempt}`);
      await page
        .getByRole("button", { name: "Sign in", exact: true })
        .and(page.locator(":not([data-loading])"))
        .waitFor();
    }
    await page.getByText("The next attempt is possible in").waitFor();
    const button = page.getByRole("button", { name: "Sign in", exact: true });
    expect(await button.isDisabled()).toBe(true);
    await page.getByText("The next attempt is possible in").waitFor({ state: "hidden" });
    expect(await button.isDisabled()).toBe(false);
  });

  it("asks for the code of a second factor, and takes a recovery code", async () => {
    const { totp, recoveryCodes } = await addAccount("carol", { hasSecondFactor: true });
    const { page, expectQuiet } = await open("/sign-in");
    await fillIn(page, "carol", PASSWORD);
    await page.getByLabel("Code of the second factor").fill("000000");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText("The code is wrong or was used already.").waitFor();
    // The code of the next period is good already, and was surely not used.
    await page.getByLabel("Code of the second factor").fill(totp?.generate({ timestamp: Date.now() + 30_000 }) ?? "");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await heading(page, "Dashboard").waitFor();
    expectQuiet(REFUSED);

    const again = await open("/sign-in");
    await fillIn(again.page, "carol", PASSWORD);
    await again.page.getByLabel("Code of the second factor").fill(recoveryCodes[0] ?? "");
    await again.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await heading(again.page, "Dashboard").waitFor();
  });

  it("with a one-time password asks for one's own, without typing the first again", async () => {
    const { password } = await stack.api.users.add.mutate({ name: "dora", role: "viewer" });
    const { page, expectQuiet } = await open("/hosts");
    await fillIn(page, "dora", password);
    await heading(page, "Choose a password of your own").waitFor();
    await page.goto("/settings");
    expect(new URL(page.url()).pathname).toBe("/change-password");
    // Loaded anew, the page does not know it any more.
    await page.getByLabel("The one-time password you signed in with").fill(password);
    await page.getByLabel(/^New password(?! again)/).fill(PASSWORD);
    const set = page.getByRole("button", { name: "Set this password" });
    expect(await set.isDisabled()).toBe(true);
    await page.getByLabel("New password again").fill(PASSWORD);
    await set.click();
    await heading(page, "Dashboard").waitFor();
    expectQuiet();
  });

  it.each([
    ["light", "en"],
    ["dark", "fr"],
  ] as const)("is accessible, %s and in %s, at 360 pixels too", async (scheme, language) => {
    const { page } = await open("/sign-in", { scheme, language, context: { viewport: { width: 360, height: 740 } } });
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });
});

describe("a session that ends in the middle of work", () => {
  it("is begun again over the page: what was typed is kept and sent", async () => {
    await stack.api.setup.end.mutate({ end: "put-off" });
    const { page, expectQuiet } = await open("/first-run", { session: await signInAgain() });
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Continue without" }).click();
    await page.getByLabel("Your offices").fill("192.0.2.128/25");
    for (const { id } of await stack.api.auth.allSessions.query()) await stack.api.auth.revokeAnySession.mutate({ id });
    await page.getByRole("button", { name: "Always allow these" }).click();
    const dialog = page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.getByLabel("Password", { exact: true }).fill("not this one");
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.getByText("Name or password is wrong.").waitFor();
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await heading(page, "Where is the PBX?").waitFor();
    expect(await stack.sipprot("list", "allow", "show")).toContain("192.0.2.128/25");
    await stack.api.setup.end.mutate({ end: "finished" });
    expectQuiet(REFUSED);
  });
});

describe("a control server that is away", () => {
  it("is told as what it is: nobody is sent to sign in, and the page goes on when it is back", async () => {
    const session = await signInAgain();
    await stack.control.stop("SIGKILL");
    try {
      const { page } = await open("/hosts", { session });
      expect(new URL(page.url()).pathname).toBe("/hosts");
      await page.getByText("The control server does not answer.").first().waitFor();
    } finally {
      await stack.control.start();
    }
    const [{ page } = await open("/hosts", { session })] = opened;
    await page.getByRole("button", { name: "Try again" }).first().click();
    await page.getByText("The control server does not answer.").first().waitFor({ state: "hidden" });
  });
});

/** The first administrator's session, the first run left as it is. */
async function signInAgain(): Promise<string> {
  const answer = await call("auth.signIn", { name: "admin", password: PASSWORD });
  return /__Host-sipprot=([^;]+)/.exec(String(answer.headers["set-cookie"]))?.[1] ?? "";
}

async function addAccount(name: string, { hasSecondFactor }: { readonly hasSecondFactor: boolean }) {
  const { password } = await stack.api.users.add.mutate({ name, role: "operator" });
  const first = await call("auth.signIn", { name, password });
  const changed = await call("auth.changePassword", { password, newPassword: PASSWORD }, first.headers["set-cookie"]);
  if (!hasSecondFactor) return { totp: undefined, recoveryCodes: [] };
  const cookies = changed.headers["set-cookie"];
  const offer = JSON.parse((await call("auth.offerSecondFactor", { password: PASSWORD }, cookies)).body);
  const totp = new TOTP({ secret: Secret.fromBase32(offer.result.data.secret) });
  const confirmed = JSON.parse((await call("auth.confirmSecondFactor", { code: totp.generate() }, cookies)).body);
  return { totp, recoveryCodes: confirmed.result.data.recoveryCodes as string[] };
}

/** A mutation as a browser sends it. */
function call(procedure: string, input: unknown, cookies: string | string[] | undefined = "") {
  const cookie = String(cookies).split(";")[0] ?? "";
  const headers = { "content-type": "application/json", origin: stack.origin, cookie };
  return ask(`${stack.origin}/api/trpc/${procedure}`, { method: "POST", headers, body: JSON.stringify(input) });
}
