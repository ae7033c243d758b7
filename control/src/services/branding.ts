/** The customer's own name, colour and logo: shown to everybody, also before they sign in. */
import { createHash } from "node:crypto";
import {
  type Branding,
  type BrandingChange,
  brandingSchema,
  type LogoFile,
  logoTypes,
  MAX_LOGO_BYTES,
  MAX_LOGO_SIDE,
} from "@sipprot/shared/branding";
import { SipprotError } from "@sipprot/shared/errors";
import type { Redis } from "ioredis";
import type { BrandingPort } from "../api/ports/branding.ts";
import { readBranding, readLogo, writeBranding } from "../store/branding-store.ts";
import { readPicture } from "./picture.ts";

export function createBrandingService(redis: Redis): BrandingPort {
  return {
    get: () => readBranding(redis),
    logo: async () => (await readLogo(redis)) ?? null,
    change: async (change, actor) => {
      const before = await readBranding(redis);
      const { branding, logo } = applyBranding(before, change);
      await writeBranding(redis, branding, logo);
      actor.tell({ before, after: branding });
      return branding;
    },
  };
}

/** The branding after a change, and the logo's file: undefined when it stays. Throws `bad-picture`. Pure. */
export function applyBranding(
  before: Branding,
  { productName = before.productName, accent = before.accent, logo }: BrandingChange,
): { readonly branding: Branding; readonly logo: LogoFile | null | undefined } {
  if (logo === undefined) return { branding: { ...before, productName, accent }, logo: undefined };
  if (logo === null) return { branding: { productName, accent, logo: null }, logo: null };
  const bytes = Buffer.from(logo.file, "base64");
  const picture = readPicture(bytes);
  if (picture === undefined) throw badPicture("this is no picture of a kind that is taken", logoTypes.join(", "));
  const { type, width, height } = picture;
  if (bytes.length > MAX_LOGO_BYTES) throw badPicture("the picture is too large", `at most ${MAX_LOGO_BYTES} bytes`);
  if (width < 1 || height < 1 || width > MAX_LOGO_SIDE || height > MAX_LOGO_SIDE) {
    throw badPicture(`the picture has ${width} × ${height} pixels`, `at most ${MAX_LOGO_SIDE} on each side`);
  }
  const version = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const branding = brandingSchema.parse({
    productName,
    accent,
    logo: { version, type, width, height, plates: [...new Set(logo.plates)] },
  });
  return { branding, logo: { type, version, file: bytes.toString("base64") } };
}

function badPicture(what: string, expected: string): SipprotError {
  return new SipprotError("bad-picture", what, { field: "logo", expected, remedy: "save it as a smaller PNG" });
}
