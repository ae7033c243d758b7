/** The gates in the order of the policy; the first refusal wins. Alone in its file: pages need the names without the schemas. */

export const gates = ["allowed", "denied", "blocked", "country", "flood", "malformed", "scanner", "guessing"] as const;
export type Gate = (typeof gates)[number];
