/**
 * Every page while something is broken on purpose: an outage never looks like an empty list, what is slow is said to be
 * loading, and all is well again without anything done by hand.
 */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pageLinks } from "../../web/src/features/shell/navigation.ts";
import { until } from "../lab/until.ts";
import type { WatchedPage } from "./browser.ts";
import { type Furniture, furnish } from "./furnish.ts";
import { PASSWORD, type Stack, startStack } from "./stack.ts";

const SLOW_MS = 3000;
const WELL_WITHIN_MS = 30_000;
const paths = pageLinks.map(({ href }) => href);

let stack: Stack;
let furniture: Furniture;
let session: string;
const opened: WatchedPage[] = [];
beforeAll(async () => {
  stack = await startStack("broken");
  session = await stack.signIn();
  furniture = await furnish(stack);
});
afterAll(async () => {
  await furniture?.remove();
  await stack?.close();
});
afterEach(async () => {
  for (const watched of opened.splice(0)) await watched.close();
});

async function open(): Promise<Page> {
  const watched = await stack.browser.open({ session });
  opened.push(watched);
  return watched.page;
}
const emptiness = (page: Page) => page.getByText(/^(Nothing yet|Nothing matches)$|^No .* yet\b/).count();

/** The pages that load nothing before somebody asks. */
const askFirst = new Set(["/why"]);

describe.each([
  ["the control server", { stop: () => stack.control.stop("SIGKILL"), start: () => stack.control.start() }],
  ["the store", { stop: async () => stack.store?.kill(), start: async () => stack.store?.start() }],
] as const)("while %s is away", (_, part) => {
  it("every page says so, none looks empty, and all are well again when it is back", async () => {
    const pages = new Map<string, Page>();
    await part.stop();
    try {
      for (const path of paths) {
        const page = await open();
        pages.set(path, page);
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        const says = async () => (await page.getByRole("main").getByRole("alert").count()) > 0;
        if (!askFirst.has(path)) await until(says, WELL_WITHIN_MS, `${path} says so`);
        expect([path, await emptiness(page)]).toEqual([path, 0]);
      }
    } finally {
      await part.start();
    }
    for (const [path, page] of pages) {
      const alerts = page.getByRole("main").getByRole("alert");
      const isWell = async () => {
        for (const again of await page.getByRole("button", { name: "Try again" }).all()) {
          await again.click({ timeout: 1000 }).catch(() => undefined);
        }
        return (await alerts.count()) === 0;
      };
      await until(isWell, WELL_WITHIN_MS, `${path} well again`);
    }
  });
});

describe("while answers take three seconds", () => {
  it.each(paths.filter((one) => !askFirst.has(one)))(
    "%s says that it is loading, and shows what came",
    async (path) => {
      const page = await open();
      await page.route("**/api/trpc/**", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        await route.continue().catch(() => undefined);
      });
      await page.goto(path);
      await page.locator("main [aria-busy=true]").first().waitFor();
      expect(await emptiness(page)).toBe(0);
      await until(async () => (await page.locator("main [aria-busy=true]").count()) === 0, WELL_WITHIN_MS, "loaded");
      expect(await page.getByRole("main").getByRole("alert").count()).toBe(0);
      await page.unrouteAll({ behavior: "ignoreErrors" });
    },
  );
});

describe("a viewer", () => {
  it("is shown every page that is offered, without an error, and is offered nothing that would be refused", async () => {
    const { password } = await stack.api.users.reset.mutate({ name: "reception" });
    const watched = await stack.browser.open();
    opened.push(watched);
    const { page } = watched;
    await page.goto("/sign-in");
    await page.getByLabel("Name", { exact: true }).fill("reception");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByLabel(/^New password(?! again)/).fill(PASSWORD);
    await page.getByLabel("New password again").fill(PASSWORD);
    await page.getByRole("button", { name: "Set this password" }).click();
    await page.getByRole("navigation").first().waitFor();
    for (const { href } of pageLinks.filter(({ needs }) => needs === undefined)) {
      await page.goto(href);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      await until(
        async () => (await page.locator("main [aria-busy=true]").count()) === 0,
        WELL_WITHIN_MS,
        `${href} loaded`,
      );
      expect([href, await page.getByRole("main").getByRole("alert").count()]).toEqual([href, 0]);
    }
    for (const { href } of pageLinks.filter(({ needs }) => needs !== undefined)) {
      expect(await page.locator(`nav a[href="${href}"]`).count()).toBe(0);
    }
    // Nobody had signed in when the first page asked who it is.
    watched.expectQuiet(/status of 401/);
  });
});
