/** API tokens: `sp_…`, shown once, stored as a hash. */
import { randomBytes } from "node:crypto";
import type { TokenInfo } from "@sipprot/shared/account";
import { SipprotError } from "@sipprot/shared/errors";
import { MAX_TOKENS } from "@sipprot/shared/redis-keys";
import type { Redis } from "ioredis";
import type { TokensPort } from "../api/ports/tokens.ts";
import { putToken, readTokens, removeToken, type StoredToken } from "../store/token-store.ts";
import { hashSecret, makeSecret } from "./password.ts";

/** What every token begins with, so that scanners of leaked secrets know it. */
export const TOKEN_PREFIX = "sp_";

export function createTokensService(redis: Redis): TokensPort {
  return {
    list: async () => (await readTokens(redis)).map(({ token, lastUsedAtMs }) => describeToken(token, lastUsedAtMs)),

    create: async ({ name, role, expiresAtMs }, actor) => {
      if (expiresAtMs !== undefined && expiresAtMs <= actor.nowMs) {
        throw new SipprotError("bad-input", "this token would have expired already", {
          field: "expiresAtMs",
          value: String(expiresAtMs),
          expected: "a time to come, in milliseconds",
        });
      }
      const secret = `${TOKEN_PREFIX}${makeSecret()}`;
      const stored: StoredToken = {
        id: randomBytes(8).toString("hex"),
        name,
        role,
        createdBy: actor.by,
        createdAtMs: actor.nowMs,
        ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
      };
      if (!(await putToken(redis, hashSecret(secret), stored))) {
        throw new SipprotError("not-permitted", `there are ${MAX_TOKENS} tokens already`, {
          remedy: "revoke tokens nobody uses",
        });
      }
      actor.tell({ after: stored });
      return { secret, token: describeToken(stored, undefined) };
    },

    revoke: async (id, actor) => {
      const found = (await readTokens(redis)).find(({ token }) => token.id === id);
      if (found === undefined) {
        throw new SipprotError("not-found", "there is no token of that id", { field: "id", value: id });
      }
      await removeToken(redis, found.hash, id);
      actor.tell({ before: found.token });
    },
  };
}

function describeToken(token: StoredToken, lastUsedAtMs: number | undefined): TokenInfo {
  return lastUsedAtMs === undefined ? token : { ...token, lastUsedAtMs };
}
