/** Which certificate is served: the operator's, read again when its files change, or our own, renewed before it ends. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { SipprotError } from "@sipprot/shared/errors";
import { findPairProblem, findRenewalReason, type KeyPair, makeCertificate } from "./certificate.ts";

/** Where the pair comes from. */
export interface KeeperParts {
  readonly stateFolder: string;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  /** The names our own certificate is to have. */
  readonly names: () => readonly string[];
  readonly nowMs: () => number;
  /** Told of what an operator should know, once each time it changes. */
  readonly onTrouble: (error: SipprotError) => void;
}

export interface ServedPair extends KeyPair {
  readonly isOperators: boolean;
}

export class CertificateKeeper {
  readonly #parts: KeeperParts;
  #served: ServedPair | undefined;
  #toldTrouble = "";

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** The pair to serve now. A bad pair of the operator's is told, and what was served before, or our own, is served. */
  async refresh(): Promise<ServedPair> {
    const operators = this.#readOperators();
    this.#served = operators ?? (this.#served?.isOperators === true ? this.#served : await this.#readOwn());
    return this.#served;
  }

  #readOperators(): ServedPair | undefined {
    const { certFile, keyFile, nowMs } = this.#parts;
    if (certFile === undefined && keyFile === undefined) return undefined;
    const problem = (what: string) => this.#tell(badCertificate(certFile ?? "", what));
    if (certFile === undefined || keyFile === undefined) {
      return problem("SIPPROT_TLS_CERT and SIPPROT_TLS_KEY belong together, and one of them is not set");
    }
    try {
      const pair = { certificate: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
      const found = findPairProblem(pair, nowMs());
      if (found !== undefined) return problem(found);
      this.#toldTrouble = "";
      return { ...pair, isOperators: true };
    } catch (error) {
      return problem(`it cannot be read: ${(error as Error).message}`);
    }
  }

  async #readOwn(): Promise<ServedPair> {
    const { nowMs, names } = this.#parts;
    const kept = this.#readKept();
    if (kept !== undefined && findRenewalReason(kept, names(), nowMs()) === undefined) {
      return { ...kept, isOperators: false };
    }
    const made = await makeCertificate(names(), nowMs());
    this.#keep(made);
    return { ...made, isOperators: false };
  }

  /** One file holds both, so that nobody ever meets the certificate of one key with another. */
  #readKept(): KeyPair | undefined {
    try {
      const text = readFileSync(this.#file, "utf8");
      const [certificate = "", key = ""] = text.split(/(?=-----BEGIN PRIVATE KEY-----)/);
      const pair = { certificate, key };
      return findPairProblem(pair, this.#parts.nowMs()) === undefined ? pair : undefined;
    } catch {
      // Not made yet, or not to be read: it is made anew.
      return undefined;
    }
  }

  #keep({ certificate, key }: KeyPair): void {
    mkdirSync(`${this.#parts.stateFolder}/tls`, { recursive: true, mode: 0o700 });
    const beside = `${this.#file}.new`;
    writeFileSync(beside, `${certificate}${key}`, { mode: 0o600 });
    renameSync(beside, this.#file);
  }

  get #file(): string {
    return `${this.#parts.stateFolder}/tls/own.pem`;
  }

  #tell(error: SipprotError): undefined {
    if (error.message !== this.#toldTrouble) this.#parts.onTrouble(error);
    this.#toldTrouble = error.message;
  }
}

function badCertificate(file: string, what: string): SipprotError {
  return new SipprotError(
    "bad-key-file",
    `the certificate of SIPPROT_TLS_CERT and SIPPROT_TLS_KEY is not used: ${what}`,
    {
      field: "SIPPROT_TLS_CERT",
      value: file,
      expected: "a certificate that has not ended, and its own key, both as PEM",
      remedy: "put the right files there; they are read again within a minute",
    },
  );
}
