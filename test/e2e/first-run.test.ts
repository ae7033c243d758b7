import { afterAll, beforeAll, it } from "vitest";
import { PASSWORD, type Stack, startStack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack("first");
});
afterAll(() => stack?.close());
it("try", async () => {
  const w = await stack.browser.open();
  const { page } = w;
  const shot = async (n: string) => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: `/tmp/ws/s-${n}.png`, fullPage: true });
  };
  try {
    await page.goto("/");
    await shot("1-signin");
    await page.getByLabel("Name").fill(stack.first.name);
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shot("2-wrong");
    await page.getByLabel("Password", { exact: true }).fill(stack.first.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/first-run");
    await shot("3-language");
    await page.getByRole("button", { name: "Continue" }).click();
    await shot("4-password");
    await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
    await shot("4b-password");
    await page.getByLabel("New password again").fill(PASSWORD);
    await page.getByRole("button", { name: "Set this password" }).click();
    await shot("5-factor");
    await page.getByRole("button", { name: "Set up a second" }).click();
    await page.getByRole("button", { name: "Show the code" }).click();
    await shot("6-qr");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Continue without" }).click();
    await shot("7-addresses");
    await page.getByLabel("Your offices").fill("203.0.113.0/24, nonsense");
    await page.getByRole("button", { name: "Always allow" }).click();
    await shot("8-addresses");
    await page.getByLabel("Your offices").fill("203.0.113.0/24");
    await page.getByRole("button", { name: "Always allow" }).click();
    await shot("9-pbx");
    await page.getByRole("button", { name: "It is somewhere" }).click();
    await shot("9b-pbx");
    await page.getByRole("button", { name: "Continue" }).click();
    await shot("10-mode");
    await page.getByRole("button", { name: "Begin" }).click();
    await shot("11-mail");
    await page.getByRole("button", { name: "Skip" }).click();
    await shot("12-finish");
    await page.getByRole("button", { name: "To the dashboard" }).click();
    await page.waitForURL(stack.origin + "/");
    await shot("13-dash");
  } finally {
    await shot("end");
    console.log(
      w.troubles,
      page.url(),
      (await import("node:fs")).readFileSync(stack.stateFolder + "/logs/sipprot-web.log", "utf8").slice(-2500),
    );
  }
}, 120000);
