/** What a customer put in place of our name and sign; ours where they put nothing. */
import { createContext, useContext } from "react";

export interface Branding {
  readonly productName: string;
  /** Accent colour `#rrggbb`. */
  readonly accent: string;
  /** Address of the logo on our own origin; the product's own sign without one. */
  readonly logoHref?: string | undefined;
}

export const BrandingContext = createContext<Branding>({ productName: "sipprot", accent: "" });

export function useBranding(): Branding {
  return useContext(BrandingContext);
}
