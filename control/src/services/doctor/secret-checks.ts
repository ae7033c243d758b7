/** Doctor: can this host open the secrets that are in the store. */
import { existsSync } from "node:fs";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { SipprotError } from "@sipprot/shared/errors";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { findUnreadable } from "../secret-renewal.ts";
import { readSecretSeal, secretsKeyFile } from "../secret-seal.ts";
import { type Diagnosis, ok, problem, skipped } from "./diagnosis.ts";

const NAME = "secrets";

/** Makes no key: one that is made here could be the wrong user's. */
export async function checkSecrets(boot: BootSettings): Promise<Diagnosis> {
  const path = secretsKeyFile(boot);
  if (boot.secretsKeyFile === undefined && !existsSync(path)) return skipped(NAME, `there is no ${path} yet`);
  try {
    const seal = readSecretSeal(boot);
    const redis = await openBriefConnection(boot);
    try {
      const [first, ...others] = await findUnreadable(redis, seal);
      if (first === undefined) return ok(NAME, `sealed in the store, the key is ${path}`);
      const more = others.length === 0 ? "" : `, and ${others.length} more`;
      return problem(NAME, `${first}${more}`, `add the line of that key to ${path}, or set the secrets anew`);
    } finally {
      redis.disconnect();
    }
  } catch (error) {
    if (!(error instanceof SipprotError)) throw error;
    // A store that does not answer is told by its own check.
    if (error.code === "store-unreachable") return skipped(NAME, "the store does not answer");
    return problem(NAME, error.message, error.facts.remedy ?? "");
  }
}
