/**
 * The password that was typed at the sign-in, for the step that follows at once: a one-time password is typed once.
 *
 * Kept in memory of this page alone, for a few minutes, and given out to whoever changes it.
 */
const KEPT_FOR_MS = 300_000;

let kept: { readonly password: string; readonly untilMs: number } | undefined;

export function keepTypedPassword(password: string, nowMs: number): void {
  kept = { password, untilMs: nowMs + KEPT_FOR_MS };
}

/** The password when it was typed lately. */
export function findTypedPassword(nowMs: number): string | undefined {
  if (kept !== undefined && nowMs > kept.untilMs) kept = undefined;
  return kept?.password;
}

export function forgetTypedPassword(): void {
  kept = undefined;
}
