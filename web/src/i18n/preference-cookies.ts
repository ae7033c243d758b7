/** Cookies of what a reader chose in this browser: no secret, kept a year, read by our server alone. */

/** Cookie of a navigation that was made narrow. */
export const NAVIGATION_COOKIE = "sipprot-navigation";

const YEAR_SECONDS = 31_536_000;

/** Keeps a choice; the page is rendered with it from the next request on. */
export function keepChoice(cookie: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser an administrator has.
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; Secure`;
}
