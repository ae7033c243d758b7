/** What is asked of a new password, rule by rule, as the server judges it. Pure. */
import { MIN_PASSWORD_CHARACTERS } from "@sipprot/shared/account";

export const passwordRules = ["length", "variety", "name", "repeated"] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** Fewer different characters than this are a pattern, not a password. */
const MIN_DIFFERENT = 6;
/** A name needs this much beside it to be no help to a guesser. */
const MIN_BESIDE_NAME = 12;

/** Which rules hold for what was typed so far. */
export function judgePassword(name: string, password: string, repeated: string): Record<PasswordRule, boolean> {
  const isNamed =
    password.toLowerCase().includes(name.toLowerCase()) && password.length < name.length + MIN_BESIDE_NAME;
  return {
    length: password.length >= MIN_PASSWORD_CHARACTERS,
    variety: new Set(password).size >= MIN_DIFFERENT,
    name: password !== "" && !isNamed,
    repeated: password !== "" && password === repeated,
  };
}
