/** The dynamic list of an installation that is really attacked: who is blocked and why, as the command line says; lifted, and allowed. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Endpoint, guess } from "../lab/attacks.ts";
import { pbxAddress } from "../lab/network.ts";
import { type ProtectedLab, startProtectedLab } from "../lab/protected-lab.ts";
import { pause, until } from "../lab/until.ts";
import { expectAccessible } from "./axe.ts";
import type { PageOptions, WatchedPage } from "./browser.ts";
import { type Stack, startStack } from "./stack.ts";

const SHOWN_WITHIN_MS = 15_000;
const guessers = ["192.0.2.71", "192.0.2.72", "192.0.2.73"] as const;

let lab: ProtectedLab;
let stack: Stack;
let session: string;
let watched: WatchedPage | undefined;
beforeAll(async () => {
  lab = await startProtectedLab({ mode: "transparent" });
  stack = await startStack("dynamic-list", {
    behind: { stateFolder: lab.gate.stateFolder },
    env: { SIPPROT_MODE: "transparent", SIPPROT_HOST: "lab", SIPPROT_REDIS_URL: lab.gate.redis.url },
  });
  session = await stack.signIn();
  await attackAll();
});
afterAll(async () => {
  await stack?.close();
  await lab?.remove();
});
beforeEach(() => {
  watched = undefined;
});
afterEach(() => watched?.close());

async function attackAll(): Promise<void> {
  await Promise.all(guessers.map(attack));
  await until(async () => (await blockedSources()).length === guessers.length, SHOWN_WITHIN_MS, "the guessers blocked");
}
/** Guesses passwords of an account of its own until it is blocked. */
const attack = (address: string) =>
  guess(lab.network.attackers, {
    address,
    users: [`guessed-from-${address.slice(-2)}`],
    guesses: 25,
    way: "port",
    lines: 1,
    perSecond: 25,
    waitMs: 200,
    agent: "Guesser/1.0",
  });
const blockedSources = async () =>
  (await stack.api.blocks.page.query({ sort: "address" })).rows.map(({ source }) => source);

async function open(
  path = "/dynamic-list?refresh=5&sort=address&descending=false",
  options: PageOptions = {},
): Promise<Page> {
  watched = await stack.browser.open({ session, ...options });
  await watched.page.goto(path);
  const { page } = watched;
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (path.startsWith("/dynamic-list")) await page.locator("tbody tr").first().waitFor();
  return page;
}
const shownSources = async (page: Page) =>
  (await page.locator("tbody td[data-title] a").allInnerTexts()).map((text) => text.trim());
const row = (page: Page, source: string) => page.getByRole("row").filter({ hasText: source });

/** True when the PBX answers this address. */
async function isAnswered(address: string): Promise<boolean> {
  const endpoint = await Endpoint.open(lab.network.attackers, { address, port: 5090, listens: false });
  try {
    const lines = [
      `OPTIONS sip:${pbxAddress} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address}:5090;branch=z9hG4bK${Date.now()};rport`,
      `From: <sip:a@${address}>;tag=1`,
      `To: <sip:a@${pbxAddress}>`,
      `Call-ID: ${Date.now()}@${address}`,
      "CSeq: 1 OPTIONS",
      "Max-Forwards: 70",
      "Content-Length: 0",
      "",
      "",
    ];
    await endpoint.datagram(Buffer.from(lines.join("\r\n")), { address: pbxAddress, port: 5060 });
    await pause(1000);
    return (await endpoint.kept()).datagramCount > 0;
  } finally {
    await endpoint.stop();
  }
}

it("shows who attacked as the command line does, with reason, numbers, proof, and the time that is left", async () => {
  const page = await open();
  expect(await shownSources(page)).toEqual([...guessers]);
  const status = JSON.parse(await stack.sipprot("status", "--dynamic", "--json")) as { dynamic: { ip: string }[] };
  expect(status.dynamic.map(({ ip }) => ip).sort()).toEqual(await shownSources(page));
  const known = (await stack.api.blocks.page.query({ sort: "address" })).rows[0];
  const text = await row(page, guessers[0]).innerText();
  expect(text).toContain("Guessing");
  expect(text).toContain("Proven");
  expect(text).toContain("Guesser/1.0");
  const timer = row(page, guessers[0]).getByRole("timer");
  const first = await timer.innerText();
  expect(first).toMatch(/^\d+ min \d+ s$/);
  await until(async () => (await timer.innerText()) !== first, SHOWN_WITHIN_MS, "the time counted down");

  await page.getByRole("button", { name: `Details of ${guessers[0]}` }).click();
  await page.getByText(/Too many failed or unanswered sign-ins/).waitFor();
  const message = page.getByRole("region", { name: "Message 1" });
  await message.getByText(`REGISTER sip:`).waitFor();
  const evidence = await message.innerText();
  expect(evidence).toContain("Authorization");
  expect(evidence).not.toMatch(/response="?[0-9a-f]{32}/);
  expect(known?.proven).toBe(true);
  watched?.expectQuiet();
});

it("is accessible and fits in both languages and themes, on a desktop and a telephone", async () => {
  for (const [language, scheme, width] of [
    ["en", "light", 1280],
    ["fr", "dark", 1280],
    ["fr", "light", 360],
    ["en", "dark", 360],
  ] as const) {
    const page = await open(undefined, { language, scheme, context: { viewport: { width, height: 844 } } });
    await page.locator("tbody [aria-expanded]").first().click();
    await page.locator("tbody pre, tbody ol li").first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    watched?.expectQuiet();
    await watched?.close();
  }
});

it("lifts a block by keyboard alone, and the host and its kernel confirm it", async () => {
  const page = await open();
  expect(await isAnswered(guessers[1])).toBe(false);
  await page.getByRole("button", { name: `Lift ${guessers[1]}`, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-lifted='1']").waitFor();
  await page.getByText(/lets it through again; its kernel confirms/).waitFor();
  await until(async () => !(await shownSources(page)).includes(guessers[1]), SHOWN_WITHIN_MS, "it gone from the list");
  expect(await isAnswered(guessers[1])).toBe(true);
  const focused = await page.evaluate("document.activeElement !== document.body");
  expect(focused).toBe(true);
  watched?.expectQuiet();
});

it("lifts and allows for some hours: the address is on the allowlist, and let through", async () => {
  const page = await open();
  await page.getByRole("button", { name: `Lift ${guessers[2]} and allow it` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Allow for").selectOption({ label: "4 hours" });
  await dialog.getByLabel("Note").fill("customer with a new telephone");
  await dialog.getByRole("button", { name: "Lift and allow" }).click();
  await page.getByText(/is let through until/).waitFor();
  const [entry] = await stack.api.lists.find.query({ list: "allow", networks: [guessers[2]] });
  expect(entry).toMatchObject({ note: "customer with a new telephone", addedBy: "user:admin" });
  expect((entry?.expiresAtSeconds ?? 0) - (entry?.addedAtSeconds ?? 0)).toBe(4 * 3600);
  expect(await isAnswered(guessers[2])).toBe(true);
  await stack.api.lists.remove.mutate({ list: "allow", networks: [guessers[2]] });
  watched?.expectQuiet();
});

it("says what goes on refusing a lifted address, and what was put on the denylist is refused by the gate", async () => {
  const page = await open("/denylist");
  await page.getByRole("button", { name: "Add", exact: true }).first().click();
  await page.getByRole("dialog").getByLabel("Address or network").fill("192.0.2.80");
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: "192.0.2.80" }).waitFor();
  await until(async () => !(await isAnswered("192.0.2.80")), SHOWN_WITHIN_MS, "the gate refusing it");
  await stack.api.lists.add.mutate({ list: "deny", networks: ["192.0.2.64/28"] });
  await page.goto("/dynamic-list?sort=address&descending=false");
  await page.getByRole("button", { name: `Lift ${guessers[0]}`, exact: true }).click();
  await page.getByRole("link", { name: "192.0.2.64/28 is on the denylist" }).click();
  await page.waitForURL(/\/denylist\?search=192\.0\.2\.64%2F28/);
  await page.getByRole("row").filter({ hasText: "192.0.2.64/28" }).waitFor();
  await stack.api.lists.remove.mutate({ list: "deny", networks: ["192.0.2.64/28", "192.0.2.80"] });
  watched?.expectQuiet();
});

it("lifts all that a filter shows, and tells apart nobody blocked from nothing found", async () => {
  await attackAll();
  const page = await open("/dynamic-list?refresh=5&search=guesser&gate=guessing");
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await page.getByText("3 selected / 3").waitFor();
  await page.getByRole("button", { name: "Lift", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Lift 3 blocks" }).click();
  await page.locator("[data-lifted='3']").waitFor();
  await page.getByText("Nothing matches").waitFor();
  await page.getByRole("button", { name: "Reset the filters" }).last().click();
  await page.getByText("Nobody is blocked").waitFor();
  expect(await blockedSources()).toEqual([]);
  await stack.sipprot("settings", "set", "mode", "observe");
  await page.reload();
  await page.getByText("Observe mode: nobody is blocked").waitFor();
  expect(await page.getByRole("link", { name: "To the settings" }).getAttribute("href")).toBe("/settings");
  await stack.sipprot("settings", "set", "mode", "protect");
  watched?.expectQuiet();
});
