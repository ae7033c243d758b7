/** A real browser whose pages are watched: an error in the console, a breach of the policy or a foreign request is a trouble. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

export interface PageOptions {
  readonly language?: "en" | "fr";
  readonly scheme?: "light" | "dark";
  /** `desktop` is 1280 × 900, `phone` 390 × 844. */
  readonly size?: "desktop" | "phone";
  /** The session of this cookie; without, nobody is signed in. */
  readonly session?: string;
  /** Anything else of Playwright's. */
  readonly context?: BrowserContextOptions;
}

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong so far. */
  readonly troubles: string[];
  /** Fails when anything went wrong; `except` are troubles the test meant to cause. */
  expectQuiet(except?: RegExp): void;
  close(): Promise<void>;
}

export interface BrowserDesk {
  /** A new page in a context of its own: no cookies, no storage. */
  open(options?: PageOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Starts Chromium for the pages of one origin. */
export async function openBrowser(origin: string, command = "/usr/bin/chromium"): Promise<BrowserDesk> {
  const browser = await chromium.launch({
    executablePath: command,
    // Without a graphics card the processor would do that work, and twice: Debian's start script asks for it.
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"],
  });
  return {
    open: (options) => openPage(browser, origin, options),
    close: () => browser.close(),
  };
}

async function openPage(browser: Browser, origin: string, options: PageOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: origin,
    ignoreHTTPSErrors: true,
    locale: options.language === "fr" ? "fr-FR" : "en-GB",
    colorScheme: options.scheme ?? "light",
    viewport: sizes[options.size ?? "desktop"],
    timezoneId: "Europe/Paris",
    ...options.context,
  });
  if (options.session !== undefined) {
    const cookie = { name: "__Host-sipprot", value: options.session, url: origin, secure: true, httpOnly: true };
    await context.addCookies([{ ...cookie, sameSite: "Strict" }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const troubles: string[] = [];
  // What breaks the policy is told in the console too, as an error.
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) troubles.push(`foreign request: ${url}`);
  });
  return {
    page,
    context,
    troubles,
    expectQuiet: (except) => {
      // As one text, which a report shows whole.
      expect(troubles.filter((trouble) => except === undefined || !except.test(trouble)).join("; ")).toBe("");
    },
    close: () => context.close(),
  };
}
