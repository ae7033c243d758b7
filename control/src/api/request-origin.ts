/** Whom a request comes from and where it was sent to: as the connection says, or as our own web server says. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { parseAddress } from "@sipprot/shared/address";
import { SipprotError } from "@sipprot/shared/errors";
import { WEB_KEY_HEADER } from "@sipprot/shared/web-key";

export interface RequestOrigin {
  /** Canonical address of the caller. */
  readonly address: string;
  /** Host, and port, the caller sent it to. */
  readonly host: string | undefined;
}

/**
 * Only a program that has the web key is believed when it says for whom it asks; it adds the address it saw as the last
 * one of `X-Forwarded-For`. Throws `not-permitted` for another key: with that web server every browser would be one
 * caller, so it must not go unnoticed.
 */
export function findOrigin(peer: string | undefined, headers: IncomingHttpHeaders, webKey: string): RequestOrigin {
  const direct = canonical(peer ?? "") ?? "0.0.0.0";
  const shown = headers[WEB_KEY_HEADER];
  if (shown === undefined) return { address: direct, host: headers.host };
  if (!isSame(String(shown), webKey)) {
    throw new SipprotError("not-permitted", "this is not the key of this host's web server", {
      field: "X-Sipprot-Web",
      expected: "the content of web.key in the state folder",
      remedy: "run the web server with the state folder of the control server, and start both anew",
    });
  }
  const told = lastOf(headers["x-forwarded-for"]);
  return { address: canonical(told) ?? direct, host: lastOf(headers["x-forwarded-host"]) || headers.host };
}

function canonical(address: string): string | undefined {
  return parseAddress(address.replace(/^::ffff:(?=\d+\.)/i, ""));
}

function lastOf(header: string | string[] | undefined): string {
  return [header ?? ""].flat().join(",").split(",").at(-1)?.trim() ?? "";
}

/** Compared as hashes, so that the time it takes tells nothing. */
function isSame(shown: string, key: string): boolean {
  const [one, other] = [shown, key].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
