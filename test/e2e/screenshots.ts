/**
 * `npm run screenshots`: pictures of every page of an installation that is really attacked, into docs/screenshots.
 *
 * `PICTURES=all` takes every page in both languages, both appearances and two widths as well, for looking at.
 */
import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../lab/until.ts";
import { type AttackedLab, GUESSER, startAttackedLab } from "./attacked-lab.ts";
import type { PageOptions } from "./browser.ts";
import { type Furniture, furnish } from "./furnish.ts";
import { checkout } from "./program.ts";

const isAll = process.env["PICTURES"] === "all";
const folder = `${checkout}/${isAll ? ".pictures" : "docs/screenshots"}`;
/** Longest that a page may go on loading or moving before its picture. */
const SETTLED_WITHIN_MS = 10_000;

interface Picture {
  readonly name: string;
  readonly path: string;
  /** What a person does before looking. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const unfoldFirst = async (page: Page) => {
  await page
    .getByRole("button", { name: /^(Details of|Détails de)/ })
    .first()
    .click();
};

const untilMapIsDrawn = async (page: Page) => {
  await page.locator("[data-country]").first().waitFor();
};

const pictures: readonly Picture[] = [
  { name: "dashboard", path: "/?range=15m&refresh=0", prepare: untilMapIsDrawn },
  { name: "allowlist", path: "/allowlist" },
  { name: "denylist", path: "/denylist" },
  { name: "dynamic-list", path: "/dynamic-list", prepare: unfoldFirst },
  { name: "why", path: `/why/${GUESSER}` },
  { name: "events", path: "/events" },
  { name: "reports", path: "/reports" },
  { name: "hosts", path: "/hosts?refresh=0" },
  { name: "feeds", path: "/feeds" },
  { name: "notifications", path: "/notifications" },
  { name: "settings", path: "/settings" },
  { name: "users", path: "/users" },
  { name: "audit", path: "/audit" },
  { name: "account", path: "/account" },
];

/** How each is taken: the plain one, or all of them. */
const ways: readonly (PageOptions & { readonly label: string })[] = isAll
  ? (["en", "fr"] as const).flatMap((language) =>
      (["light", "dark"] as const).flatMap((scheme) =>
        (["desktop", "phone"] as const).map((size) => ({
          language,
          scheme,
          size,
          label: `.${language}.${scheme}.${size}`,
        })),
      ),
    )
  : [{ language: "en", scheme: "light", size: "desktop", label: "" }];

let attacked: AttackedLab;
let furniture: Furniture;
let session: string;
beforeAll(async () => {
  attacked = await startAttackedLab("pictures");
  session = await attacked.stack.signIn();
  furniture = await furnish(attacked.stack);
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await furniture?.remove();
  await attacked?.remove();
});

it.each(pictures)("$name", async ({ name, path, prepare }) => {
  const troubles: string[] = [];
  for (const { label, ...way } of ways) {
    const watched = await attacked.stack.browser.open({ ...way, session });
    await watched.page.goto(path);
    await settle(watched.page);
    await prepare?.(watched.page);
    await settle(watched.page);
    await showWhole(watched.page);
    await watched.page.screenshot({ path: `${folder}/${name}${label}.png`, animations: "disabled" });
    troubles.push(...watched.troubles.map((trouble) => `${label} ${trouble}`));
    await watched.close();
  }
  expect(troubles).toEqual([]);
});

it.runIf(!isAll)("dashboard in the dark, on a telephone", async () => {
  const watched = await attacked.stack.browser.open({ scheme: "dark", size: "phone", session });
  await watched.page.goto("/?range=1h&refresh=0");
  await settle(watched.page);
  await watched.page.screenshot({ path: `${folder}/dashboard-dark-phone.png`, animations: "disabled" });
  watched.expectQuiet();
  await watched.close();
});

it.runIf(!isAll)("sign-in", async () => {
  const watched = await attacked.stack.browser.open();
  await watched.page.goto("/sign-in");
  await settle(watched.page);
  await watched.page.screenshot({ path: `${folder}/sign-in.png`, animations: "disabled" });
  await watched.close();
});

/** Makes the window as high as the page: what keeps its place in the window stands where a reader sees it. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate<number>("document.documentElement.scrollHeight");
  const width = page.viewportSize()?.width ?? 0;
  await page.setViewportSize({ width, height: Math.max(height, page.viewportSize()?.height ?? 0) });
  await settle(page);
}

/** Until nothing is loading any more. */
async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const isSettled = () => page.evaluate<boolean>("document.querySelector('main [aria-busy=true]') === null");
  await until(isSettled, SETTLED_WITHIN_MS, "all that is loading");
  await page.evaluate("document.fonts.ready.then(() => undefined)");
}
