/** Everything the pages' looks are made of, computed on the server from the customer's accent colour. Pure. */
import { type ColorRoles, colorRoles, type Scheme, shadesOf } from "./color-roles.ts";
import { gateColors, inks, meanings, surfaces } from "./palette.ts";

type Variables = Record<string, string>;

/** Plain data: the server computes it, the browser gets it. */
export interface ThemeParts {
  /** Ten shades a colour. */
  readonly colors: Record<string, string[]>;
  readonly variables: { readonly variables: Variables; readonly light: Variables; readonly dark: Variables };
}

/** The parts for an accent `#rrggbb`. */
export function buildThemeParts(accent: string): ThemeParts {
  const named = { accent, ...meanings };
  return {
    colors: Object.fromEntries([
      ...Object.entries(named).map(([name, hex]) => [name, shadesOf(hex)]),
      ["dark", darkShades],
    ]),
    variables: { variables: {}, light: schemeVariables(named, "light"), dark: schemeVariables(named, "dark") },
  };
}

/** Mantine draws its dark surfaces, lines and words with these. */
const darkShades = [
  "#e3ebed",
  "#c3d0d4",
  "#a2b4ba",
  "#6f848b",
  "#2c3b40",
  "#223034",
  "#1d2a2e",
  "#162023",
  "#0e1618",
  "#0a1012",
];

function schemeVariables(named: Readonly<Record<string, string>>, scheme: Scheme): Variables {
  const [surface, page, raised] = surfaces[scheme];
  const { ink, soft, line, control, row, hover } = inks[scheme];
  const roles = Object.fromEntries(Object.entries(named).map(([name, hex]) => [name, rolesOf(hex, scheme)]));
  return {
    "--page": page,
    "--surface": surface,
    "--surface-raised": raised,
    "--surface-row": row,
    "--surface-hover": hover,
    "--ink": ink,
    "--ink-soft": soft,
    "--line": line,
    "--mantine-color-body": page,
    "--mantine-color-text": ink,
    "--mantine-color-bright": ink,
    "--mantine-color-dimmed": soft,
    "--mantine-color-placeholder": soft,
    "--mantine-color-default": raised,
    "--mantine-color-default-hover": hover,
    "--mantine-color-default-color": ink,
    // Edges of controls are seen as controls (3:1); lines between things may be quieter.
    "--mantine-color-default-border": control,
    "--mantine-color-disabled": hover,
    "--mantine-color-disabled-color": soft,
    "--mantine-color-disabled-border": line,
    "--mantine-color-anchor": roles.accent?.text ?? ink,
    "--mantine-color-error": roles.red?.text ?? ink,
    "--mantine-color-success": roles.green?.text ?? ink,
    "--mantine-primary-color-contrast": roles.accent?.onFilled ?? page,
    ...Object.assign({}, ...Object.entries(roles).map(([name, role]) => roleVariables(name, role))),
    ...gateVariables(scheme),
  };
}

function rolesOf(hex: string, scheme: Scheme): ColorRoles {
  return colorRoles(hex, scheme, surfaces[scheme]);
}

function roleVariables(name: string, role: ColorRoles): Variables {
  return {
    [`--mantine-color-${name}-text`]: role.text,
    [`--mantine-color-${name}-filled`]: role.filled,
    [`--mantine-color-${name}-filled-hover`]: role.filledHover,
    [`--mantine-color-${name}-contrast`]: role.onFilled,
    [`--mantine-color-${name}-light`]: role.tint,
    [`--mantine-color-${name}-light-hover`]: role.tintHover,
    [`--mantine-color-${name}-light-color`]: role.text,
    [`--mantine-color-${name}-outline`]: role.text,
    [`--mantine-color-${name}-outline-hover`]: role.tint,
  };
}

/** `--gate-NAME` is the mark in a chart, `--gate-NAME-text` its words, `--gate-NAME-tint` a badge's background. */
function gateVariables(scheme: Scheme): Variables {
  return Object.assign(
    {},
    ...Object.entries(gateColors).map(([gate, hex]) => {
      const role = rolesOf(hex, scheme);
      return {
        [`--gate-${gate}`]: role.filled,
        [`--gate-${gate}-text`]: role.text,
        [`--gate-${gate}-tint`]: role.tint,
      };
    }),
  );
}
