/** What becomes of an accent colour in both appearances, and whether it had to be adapted to be read. Pure. */
import { type ColorRoles, colorRoles, type Scheme } from "../../../theme/color-roles.ts";
import { lowestContrast, MARK_CONTRAST, TEXT_CONTRAST } from "../../../theme/contrast.ts";
import { surfaces } from "../../../theme/palette.ts";

export interface SchemeReport {
  readonly roles: ColorRoles;
  /** Lowest contrast of the colour as it was given against the surfaces. */
  readonly given: number;
  /** Of words in the colour that is used for words. */
  readonly text: number;
  readonly isTextAdapted: boolean;
  readonly isFilledAdapted: boolean;
}

export type AccentReport = Readonly<Record<Scheme, SchemeReport>>;

/** True for what the server takes. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** For a colour `#rrggbb`. */
export function reportAccent(hex: string): AccentReport {
  return { light: reportScheme(hex, "light"), dark: reportScheme(hex, "dark") };
}

function reportScheme(hex: string, scheme: Scheme): SchemeReport {
  const roles = colorRoles(hex, scheme, surfaces[scheme]);
  const given = lowestContrast(hex, surfaces[scheme]);
  return {
    roles,
    given,
    text: lowestContrast(roles.text, [...surfaces[scheme], roles.tint]),
    isTextAdapted: given < TEXT_CONTRAST,
    isFilledAdapted: given < MARK_CONTRAST,
  };
}
