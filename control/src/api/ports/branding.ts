/** The customer's name, colour and logo, as the procedures use them. */
import type { Branding, BrandingChange, LogoFile } from "@sipprot/shared/branding";
import type { Actor } from "../actor.ts";

export interface BrandingPort {
  readonly get: () => Promise<Branding>;
  /** Null without a logo. */
  readonly logo: () => Promise<LogoFile | null>;
  readonly change: (change: BrandingChange, actor: Actor) => Promise<Branding>;
}
