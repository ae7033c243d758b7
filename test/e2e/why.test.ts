/** Why? in a laboratory that is attacked for real: what the page says of an address is what was done to it and what the command line says. */
import type { Explanation } from "@sipprot/shared/block-page";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pbxAddress } from "../lab/network.ts";
import { until } from "../lab/until.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { GUESSER, type GuessedLab, HOSTILE, OFFICE, STUCK_ACCOUNT, startGuessedLab } from "./guessed-lab.ts";

const SHOWN_WITHIN_MS = 15_000;
/** Of nobody, and nothing happened to it. */
const STRANGER = "192.0.2.200";

let guessed: GuessedLab;
let session: string;
let watched: WatchedPage | undefined;
beforeAll(async () => {
  guessed = await startGuessedLab("why");
  session = await guessed.stack.signIn();
});
afterAll(() => guessed?.remove());
beforeEach(() => {
  watched = undefined;
});
afterEach(() => watched?.close());

async function open(path: string, options: PageOptions = {}): Promise<Page> {
  watched = await guessed.stack.browser.open({ session, ...options });
  await watched.page.goto(path);
  return watched.page;
}
const explain = async (address: string): Promise<Explanation> =>
  JSON.parse(await guessed.stack.sipprot("explain", address, "--json"));
const expectVerdict = (page: Page, verdict: Explanation["verdict"]) =>
  page.locator(`[data-verdict=${verdict}]`).waitFor({ timeout: SHOWN_WITHIN_MS });
const focusedText = (page: Page) =>
  page.evaluate("document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''");

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (name.test(String(await focusedText(page)))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no ${name} within ${most} tabs; the last was ${await focusedText(page)}`);
}

describe("why an address is refused", () => {
  it("is found out by keyboard alone, with the numbers the command line has", async () => {
    const page = await open("/?refresh=0");
    await page.locator("[data-health]").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("w");
    await page.getByRole("main").getByLabel("Address or network").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type(GUESSER);
    await page.keyboard.press("Enter");
    await expectVerdict(page, "blocked");
    expect(page.url()).toContain(`/why/${GUESSER}`);
    const known = await explain(GUESSER);
    const block = known.blocks.find(({ account }) => account === undefined);
    if (block?.reason.gate !== "guessing") throw new Error("the guesser is not blocked for guessing");
    const sentence = await page.locator("[data-verdict] h2").innerText();
    expect(sentence).toMatch(/^This address is blocked until .+ because it tried/);
    expect(sentence).toContain(`${block.reason.seen} wrong passwords in one minute`);
    expect(sentence).toContain("1001");
    const card = page.locator(`[data-block="${block.key}"]`);
    expect(await card.locator("[data-refused]").getAttribute("data-refused")).toBe(String(block.refused));
    expect(await card.locator("[data-strikes]").getAttribute("data-strikes")).toBe(String(block.strikes));
    expect(await card.innerText()).toContain(`limit ${block.reason.limit}`);
    expect(await card.innerText()).toContain(block.proven ? "Proof:" : "No proof:");
    await tabTo(page, /^Show the .*message/);
    await page.keyboard.press("Enter");
    await page.locator("[data-message]").first().waitFor();
    expect(await page.locator("[data-message]").count()).toBe(block.evidence.length);
    watched?.expectQuiet();
  });

  it("is proven by the messages, field by field, their secrets masked", async () => {
    const page = await open(`/why/${GUESSER}`);
    await page.getByRole("button", { name: /^Show the .*message/ }).click();
    const message = page.locator("[data-message]").first();
    const field = (name: string) => message.locator(`[data-field="${name}"]`).innerText();
    expect(await field("From")).toMatch(/user 1001/);
    expect(await field("Via")).toContain(`host ${GUESSER}`);
    expect(await field("CSeq")).toContain("method REGISTER");
    const credentials = await field("Authorization");
    expect(credentials).toMatch(/username 1001/);
    expect(credentials).toMatch(/response \*\*\*/);
    expect(await message.locator("[data-damaged=true]").count()).toBe(0);
    await message.getByRole("button", { name: "As it came" }).click();
    expect(await message.innerText()).not.toMatch(/response="?[0-9a-f]{32}/);
  });

  it("is told to a colleague as a text, and on paper without buttons", async () => {
    const page = await open(`/why/${GUESSER}`, { context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await expectVerdict(page, "blocked");
    await page.getByRole("button", { name: "Copy as text" }).click();
    const text = String(await page.evaluate("navigator.clipboard.readText()"));
    expect(text).toContain(`Why? ${GUESSER}\n`);
    expect(text).toMatch(/This address is blocked until .* because it tried \d+ wrong passwords/);
    expect(text).toMatch(/\n {2}Messages refused: \d+\n/);
    expect(text.trim().endsWith(page.url())).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("button", { name: "Lift the block" }).isVisible()).toBe(false);
    expect(await page.locator("[data-verdict] h2").isVisible()).toBe(true);
  });
});

describe("a phone with an old password", () => {
  it("is told apart from a guesser: which account, which phone, and what to do", async () => {
    const page = await open(`/why/${OFFICE}`);
    await expectVerdict(page, "account-blocked");
    const sentence = await page.locator("[data-verdict] h2").innerText();
    expect(sentence).toContain(`Account ${STUCK_ACCOUNT} is refused at this address until`);
    expect(sentence).toContain("Everybody else there can call.");
    const account = page.locator(`[data-account="${STUCK_ACCOUNT}"]`);
    expect(await account.getAttribute("data-stuck")).toBe("true");
    expect(await account.innerText()).toContain("Enter the password anew in this phone.");
    const { accounts, blocks } = await explain(OFFICE);
    expect(accounts.map(({ account: name }) => name)).toEqual([STUCK_ACCOUNT]);
    expect(await page.locator("[data-block]").count()).toBe(blocks.length);
    expect(await page.locator("[data-item=stuck-phone]").count()).toBe(1);
  });
});

describe("hostile texts", () => {
  it("are shown as texts: no tag works, and what cannot be seen is written out", async () => {
    const page = await open(`/why/${HOSTILE}`);
    await page.locator("[data-item]").first().waitFor({ timeout: SHOWN_WITHIN_MS });
    const show = page.getByRole("button", { name: /^Show the .*message/ });
    if ((await show.count()) > 0) {
      await show.click();
      await page.locator("[data-message]").first().waitFor();
    }
    expect(await page.title()).toContain("Why?");
    expect(await page.locator("main img, main script").count()).toBe(0);
    const text = await page.locator("main").innerText();
    expect(text).toContain("<img src=x");
    expect(text).not.toMatch(/[\x00\x1b\x07\u202e]/);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched?.expectQuiet();
  });

  it("in the address bar are no address", async () => {
    const page = await open("/why/%3Cimg%20src=x%20onerror=alert(1)%3E");
    await page.getByText("This is not an address or a network.").waitFor();
    expect(await page.getByRole("main").getByLabel("Address or network").inputValue()).toBe(
      "<img src=x onerror=alert(1)>",
    );
    watched?.expectQuiet(/400/);
  });
});

describe("any address", () => {
  it("has nothing against it when nothing happened, IPv6 and networks too", async () => {
    const page = await open(`/why/${STRANGER}`);
    await expectVerdict(page, "judged-by-message");
    expect(await page.locator("[data-verdict] h2").innerText()).toBe("Nothing stands against this address.");
    await page.goto("/why/2001:DB8:0::7");
    await expectVerdict(page, "judged-by-message");
    expect(await page.locator("h1").innerText()).toBe("Why? 2001:db8::7");
    expect(await page.locator("main header").first().innerText()).toContain("2001:db8::/64");
    await page.goto("/why/192.0.2.0/24");
    await page.getByText(/inside it (is|are) refused for now/).waitFor();
    expect(await page.locator("[data-block]").count()).toBe((await explain("192.0.2.0/24")).blocks.length);
  });
});

describe("what can be done", () => {
  it("allows by keyboard, takes it back, and puts it off the list again", async () => {
    const page = await open(`/why/${STRANGER}`);
    await expectVerdict(page, "judged-by-message");
    await tabTo(page, /^Allow…/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("Note").fill("the new office");
    await page.keyboard.press("Enter");
    await expectVerdict(page, "allowed");
    expect((await explain(STRANGER)).allow[0]).toMatchObject({ note: "the new office", addedBy: "user:admin" });
    await page.locator("[data-undo]").click();
    await expectVerdict(page, "judged-by-message");
    expect((await explain(STRANGER)).allow).toEqual([]);
    await page.locator("[data-item=list-remove]").waitFor();
    expect(await page.locator("[data-item=list-put]").count()).toBe(1);
  });

  it("denies, and takes the entry off the list with a question and a way back", async () => {
    const page = await open(`/why/${STRANGER}`);
    await page.getByRole("button", { name: "Deny…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deny" }).click();
    await expectVerdict(page, "denied");
    await page.getByRole("button", { name: `Take ${STRANGER} off the list` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take off" }).click();
    await expectVerdict(page, "judged-by-message");
    await page.locator("[data-undo]").last().click();
    await expectVerdict(page, "denied");
    await guessed.stack.api.lists.remove.mutate({ list: "deny", networks: [STRANGER] });
  });

  it("refuses to deny the PBX, in the guards' words, and nothing is written", async () => {
    const page = await open(`/why/${pbxAddress}`);
    await page.getByRole("button", { name: "Deny…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deny" }).click();
    await page.getByRole("dialog").getByText("cannot be denied").first().waitFor();
    expect((await explain(pbxAddress)).deny).toEqual([]);
    watched?.expectQuiet(/400|403|409|422/);
  });

  it("lifts after a question, says that the hosts confirm it, and tells who did it", async () => {
    const page = await open(`/why/${GUESSER}`);
    await expectVerdict(page, "blocked");
    await page.getByRole("button", { name: "Lift and allow for some hours…" }).click();
    await page.getByRole("dialog").getByLabel("Hours").fill("2");
    await page.getByRole("dialog").getByRole("button", { name: "Lift and allow" }).click();
    await expectVerdict(page, "allowed");
    expect((await explain(GUESSER)).blocks).toEqual([]);
    await page.locator("[data-item=block-lift]").first().waitFor();
    await page.goto(`/why/${OFFICE}`);
    await page.getByRole("button", { name: "Lift the block" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Lift it" }).click();
    await page.getByText("The host confirms it.").waitFor({ timeout: SHOWN_WITHIN_MS });
    await expectVerdict(page, "judged-by-message");
  });

  it("is not offered to a viewer", async () => {
    const { password } = await guessed.stack.api.users.add.mutate({ name: "vera", role: "viewer" });
    const viewer = await guessed.stack.signIn({ name: "vera", password });
    const page = await open(`/why/${GUESSER}`, { session: viewer });
    await page.locator("[data-verdict]").waitFor();
    await page.getByRole("button", { name: "Copy as text" }).waitFor();
    expect(await page.getByRole("button", { name: /Allow|Deny|Lift|Take off/ }).count()).toBe(0);
  });
});

describe("the page", () => {
  it.each([
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
    ["en", "dark", 640],
  ] as const)("is accessible and fits, in %s, %s, %i wide", async (language, scheme, width) => {
    const page = await open(`/why/${HOSTILE}`, { language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("[data-item]").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.goto("/why");
    await page.getByRole("textbox").last().waitFor();
    await expectAccessible(page);
    watched?.expectQuiet();
  });

  it("keeps what it knows and says that it is old while the control server is away", async () => {
    const page = await open(`/why/${HOSTILE}`);
    await page.locator("[data-verdict]").waitFor();
    await guessed.stack.control.stop("SIGKILL");
    await page.getByRole("button", { name: "Refresh now" }).click();
    await page.getByRole("main").getByRole("alert").first().waitFor();
    expect(await page.locator("[data-verdict]").isVisible()).toBe(true);
    await guessed.stack.control.start();
    const isWell = async () => {
      await page.getByRole("button", { name: "Refresh now" }).click();
      return (await page.getByRole("main").getByRole("alert").count()) === 0;
    };
    await until(isWell, SHOWN_WITHIN_MS, "well again");
  });
});
