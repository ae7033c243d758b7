import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, it } from "vitest";
import { type Stack, startStack } from "./stack.ts";

let stack: Stack;
let session: string;
const out = "/tmp/set-shots";
mkdirSync(out, { recursive: true });
beforeAll(async () => {
  stack = await startStack("shots", { env: { SIPPROT_CONFIRM_SECONDS: "40" } });
  session = await stack.signIn();
});
afterAll(() => stack?.close());
for (const [language, scheme, width] of [
  ["en", "light", 1280],
  ["fr", "dark", 1280],
  ["fr", "light", 360],
  ["en", "dark", 360],
] as const) {
  it(`${language} ${scheme} ${width}`, async () => {
    const name = `${language}-${scheme}-${width}`;
    await stack.api.settings.change.mutate({ mode: "observe" });
    const w = await stack.browser.open({ session, language, scheme, context: { viewport: { width, height: 900 } } });
    const { page } = w;
    await page.goto("/settings");
    await page.locator("[data-scheme=dark]").waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${out}/${name}-full.png`, fullPage: true });
    await page.getByRole("radio", { name: /^(Protect|Protéger)/ }).check();
    await page.getByRole("radio", { name: /^(Deny|Refuser)/ }).check();
    const c = page.locator("[data-setting=geoCountries]");
    await c.getByRole("button", { name: /Union/ }).click();
    await page.locator("[data-setting=blockThreshold] input").fill("25");
    await page.waitForTimeout(200);
    await page.locator("[data-setting=geoMode]").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${out}/${name}-edit.png` });
    await page.locator("[data-setting=blockThreshold]").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${out}/${name}-wrong.png` });
    await page.locator("[data-setting=blockThreshold] input").fill("5");
    await page.getByRole("button", { name: /Review and save|Vérifier et/ }).click();
    await page.locator("[data-preview=shown]").waitFor();
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${out}/${name}-review.png` });
    await page.getByRole("button", { name: /Save on trial|à l’essai/ }).click();
    await page.locator("[data-pending]").waitFor();
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${out}/${name}-pending.png` });
    await page.getByRole("button", { name: /Undo it now|Annuler maintenant/ }).click();
    await page.locator("[data-ended]").waitFor();
    console.log(w.troubles);
    await w.close();
  });
}
