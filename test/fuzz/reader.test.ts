/** The largest messages, made to be slow to read, are read within bounds. */
import { expect, it } from "vitest";
import { readerTarget } from "./sip-targets.ts";

/** A hang, not a slow machine: quadratic behaviour on a message of this size takes longer. */
const MAX_MS = 5000;
const SIZE = 65_535;
const heads = ["", "Via: SIP/2.0/UDP a", "From: ", 'From: "', "Authorization: Digest ", 'WWW-Authenticate: Digest x="'];
const repeated = [
  ...["a", " ", ",", ";", '"', "\\", "<", "\r\n ", "\r\nv:", "\r\na:b", ';a="'],
  "\r\nAuthorization: Digest a=b,",
];

it.each(repeated)("%j over and over", async (text) => {
  for (const head of heads) {
    const startMs = performance.now();
    await readerTarget.check(
      Buffer.from(`REGISTER sip:a SIP/2.0\r\n${head}${text.repeat(SIZE)}`.slice(0, SIZE), "latin1"),
    );
    expect(performance.now() - startMs).toBeLessThan(MAX_MS);
  }
});
