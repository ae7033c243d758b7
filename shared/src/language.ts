/** The languages the product speaks to people. */

export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];
