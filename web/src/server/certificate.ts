/** The certificate this server makes for itself: a P-256 key, this host's names and addresses, a little over two years. */
import "reflect-metadata";
import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** What TLS needs, as PEM. */
export interface KeyPair {
  /** The certificate, followed by those it was issued by where it has some. */
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
/** Longest that every browser takes from a certificate somebody chose to trust. */
const VALID_DAYS = 820;
/** Renewed this long before its end. */
const RENEW_DAYS = 30;
/** Clocks of browsers differ from ours: valid a little before it was made. */
const EARLIER_MS = DAY_MS;
/** Names and addresses in one certificate: a host with hundreds of bridges does not need them all. */
const MAX_NAMES = 60;

/** Makes a certificate for these names and addresses, the first of which is its subject. */
export async function makeCertificate(names: readonly string[], nowMs: number): Promise<KeyPair> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const subject = (names[0] ?? "localhost").replaceAll(/[^A-Za-z0-9.:-]/g, "");
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [subject.slice(0, 64)] }, { O: ["sipprot"] }],
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(nowMs - EARLIER_MS),
    notAfter: new Date(nowMs + VALID_DAYS * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(["1.3.6.1.5.5.7.3.1"]),
      new SubjectAlternativeNameExtension(
        names.slice(0, MAX_NAMES).map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
      ),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: createPrivateKey({ key, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

/** Why a certificate of our own must be made anew: it ends soon, or a name it should have is missing. */
export function findRenewalReason(
  { certificate }: KeyPair,
  names: readonly string[],
  nowMs: number,
): string | undefined {
  const read = new X509Certificate(certificate);
  if (Date.parse(read.validTo) - nowMs < RENEW_DAYS * DAY_MS) return `it ends on ${read.validTo}`;
  const missing = names
    .slice(0, MAX_NAMES)
    .find((name) => (isIP(name) === 0 ? read.checkHost(name) : read.checkIP(name)) === undefined);
  return missing === undefined ? undefined : `${missing} is not in it`;
}

/** What is wrong with a pair somebody else made, in words; undefined when TLS can be served with it. */
export function findPairProblem({ certificate, key }: KeyPair, nowMs: number): string | undefined {
  try {
    const read = new X509Certificate(certificate);
    if (!read.checkPrivateKey(createPrivateKey(key))) return "the key is not the certificate's";
    if (Date.parse(read.validTo) <= nowMs) return `the certificate ended on ${read.validTo}`;
    return undefined;
  } catch (error) {
    return `it cannot be read: ${(error as Error).message}`;
  }
}
