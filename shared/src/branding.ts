/** The customer's own name, colour and logo in place of ours. */
import { z } from "zod";

export const DEFAULT_PRODUCT_NAME = "sipprot";
/** Colour where a customer has none of their own. */
export const DEFAULT_ACCENT = "#0b6374";

/** Pictures every browser draws and none runs: no SVG, which is a document with scripts. */
export const logoTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof logoTypes)[number];
/** A logo of a page's head is a few kilobytes; what is larger holds up the sign-in. */
export const MAX_LOGO_BYTES = 200 * 1024;
/** Sides in pixels: a small file may unfold to gigabytes. */
export const MAX_LOGO_SIDE = 2000;

const schemes = ["light", "dark"] as const;

export const brandingSchema = z.strictObject({
  productName: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^\p{Cc}\p{Cf}<>]*$/u, "expected a name without control characters")
    .default(DEFAULT_PRODUCT_NAME),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, "expected a colour such as #0b6374")
    .default(DEFAULT_ACCENT),
  /** Changes with the logo, so that a browser may keep what it has; null without one. */
  logo: z
    .strictObject({
      version: z.string().regex(/^[0-9a-f]{16}$/),
      type: z.enum(logoTypes),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      /** Appearances in which it could not be seen on their surface, and stands on a plate of the other. */
      plates: z.array(z.enum(schemes)).max(2),
    })
    .nullable()
    .default(null),
});
export type Branding = z.infer<typeof brandingSchema>;
export const defaultBranding: Branding = brandingSchema.parse({});

/** What is left out stays as it is; `logo: null` takes it away. */
export const brandingChangeSchema = z.strictObject({
  productName: brandingSchema.shape.productName.unwrap().optional(),
  accent: brandingSchema.shape.accent.unwrap().optional(),
  logo: z
    .strictObject({
      /** The file in base64. */
      file: z.base64().max(Math.ceil(MAX_LOGO_BYTES / 3) * 4 + 4),
      plates: z.array(z.enum(schemes)).max(2).default([]),
    })
    .nullable()
    .optional(),
});
export type BrandingChange = z.infer<typeof brandingChangeSchema>;

/** The logo as it is served: its type, and the file in base64. */
export const logoFileSchema = z.strictObject({ type: z.enum(logoTypes), version: z.string(), file: z.base64() });
export type LogoFile = z.infer<typeof logoFileSchema>;
