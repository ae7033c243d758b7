/** The theme as Mantine takes it: sizes, type, and how its components look here by default. */
import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";
import type { ThemeParts } from "./theme-parts.ts";

/** The theme with the colours of `parts`. */
export function mantineTheme({ colors }: ThemeParts): MantineThemeOverride {
  return createTheme({
    colors: Object.fromEntries(Object.entries(colors).map(([name, shades]) => [name, toTuple(shades)])),
    primaryColor: "accent",
    primaryShade: { light: 7, dark: 5 },
    fontFamily: '"IBM Plex Sans Variable", system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
    fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSizes: { xs: "0.78rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
    lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
    headings: {
      fontWeight: "600",
      sizes: {
        h1: { fontSize: "1.5rem", lineHeight: "1.25" },
        h2: { fontSize: "1.125rem", lineHeight: "1.35" },
        h3: { fontSize: "1rem", lineHeight: "1.4" },
      },
    },
    spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
    radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
    defaultRadius: "sm",
    cursorType: "pointer",
    respectReducedMotion: true,
    variantColorResolver: (input) => {
      const resolved = defaultVariantColorsResolver(input);
      const isOfTheme = input.color !== undefined && input.color in colors;
      // Words on a filled background have their own colour, whichever of black and white is read better.
      if (input.variant === "filled" && isOfTheme) {
        return { ...resolved, color: `var(--mantine-color-${input.color}-contrast)` };
      }
      return resolved;
    },
    components: {
      Text: { defaultProps: { size: "sm" } },
      Paper: { defaultProps: { withBorder: true }, styles: { root: { background: "var(--surface)" } } },
      Badge: { defaultProps: { variant: "light", tt: "none", fw: 500, radius: "sm" } },
      Button: { defaultProps: { size: "sm" } },
      ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "md" } },
      Anchor: { defaultProps: { underline: "always", inherit: true } },
      Modal: {
        defaultProps: {
          centered: true,
          overlayProps: { backgroundOpacity: 0.5 },
          // Outside the page's parts its header would be a second one of the page.
          attributes: { header: { role: "presentation" } },
        },
      },
      Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
      Alert: { defaultProps: { variant: "light" } },
    },
  });
}

function toTuple(shades: readonly string[]): MantineColorsTuple {
  const [s0 = "", s1 = "", s2 = "", s3 = "", s4 = "", s5 = "", s6 = "", s7 = "", s8 = "", s9 = ""] = shades;
  return [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9];
}
