/** What browsers are told about what our pages may do: everything from our own origin, no script that is not ours. */
import { randomBytes } from "node:crypto";

/** A nonce for one answer: nobody who writes into a page can know it. */
export function makeNonce(): string {
  return randomBytes(16).toString("base64");
}

/** The policy of one page. Inline styles are attributes only: components set sizes and colours with them. */
export function writePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The policy of what is no page. */
export const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** The headers of every answer, whatever it is. */
export function listHeaders(isCertificateTrusted: boolean): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()",
    "x-robots-tag": "noindex, nofollow",
    // With a certificate of our own making it would lock out whoever comes back after it was made anew.
    ...(isCertificateTrusted ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
