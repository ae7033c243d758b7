/** The signature of a webhook as its receiver computes it: HMAC-SHA256 of `TIMESTAMP.BODY` in hex, behind `v1=`. */

/** What the example signs; any body would do. */
export const exampleTimestamp = "1767225600";
export const exampleBody = '{"kind":"test","host":"pbx1","atMs":1767225600000}';
export const exampleSecret = "an-example-secret";

/** Computed here, so that the example is right whatever the secret. */
export async function signWebhook(secret: string, timestamp: string, body: string): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes.encode(`${timestamp}.${body}`));
  return `v1=${[...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** A secret nobody can guess. */
export function makeWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

/** The same on a command line. */
export function shellExample(secret: string): string {
  return [
    `TIMESTAMP='${exampleTimestamp}'`,
    `BODY='${exampleBody}'`,
    `printf '%s' "$TIMESTAMP.$BODY" | openssl dgst -sha256 -hmac '${secret.replaceAll("'", "'\\''")}'`,
  ].join("\n");
}

/** The same in a receiver. */
export const receiverExample = `import { createHmac, timingSafeEqual } from "node:crypto";

function isFromSipprot(headers, body, secret) {
  const timestamp = headers["x-sipprot-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const expected = "v1=" + createHmac("sha256", secret).update(timestamp + "." + body).digest("hex");
  const given = Buffer.from(headers["x-sipprot-signature"] ?? "");
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}`;
