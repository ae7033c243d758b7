/** The product's own colours: petrol and ink, and the few others, each with a meaning. */
import type { Scheme } from "./color-roles.ts";

/** Colours by meaning; pages name them in Mantine's `color`. */
export const meanings = {
  /** Refused, dangerous, failed. */
  red: "#b42318",
  /** Would be refused, degraded, to be looked at. */
  orange: "#b25e09",
  /** Let through, well. */
  green: "#2b7a4b",
  /** Neither. */
  gray: "#5c6b70",
} as const;

/** One colour a gate, for badges and charts: told apart by hue and by lightness. */
export const gateColors = {
  allowed: "#2b7a4b",
  denied: "#44546a",
  blocked: "#0b6374",
  country: "#3b6fd4",
  flood: "#b8860b",
  malformed: "#b03a7c",
  scanner: "#7047c2",
  guessing: "#c8501e",
} as const;

/** What lies behind words: the page, cards and tables on it, and what floats above them. */
export const surfaces: Record<Scheme, readonly [string, string, string]> = {
  light: ["#ffffff", "#f3f6f6", "#ffffff"],
  dark: ["#162023", "#0e1618", "#1d2a2e"],
};

/** Words, quieter words, and lines, by scheme. */
export const inks = {
  light: { ink: "#142126", soft: "#4c5d63", line: "#d5dddf", control: "#7d8f95", row: "#f7f9f9", hover: "#eef3f4" },
  dark: { ink: "#e3ebed", soft: "#a2b4ba", line: "#2c3b40", control: "#6f848b", row: "#1a2629", hover: "#223034" },
} as const;
