/** What a customer put in place of our name and sign; ours where they put nothing. */
import type { Branding } from "@sipprot/shared/branding";
import { createContext, useContext } from "react";

export type { Branding };

export const BrandingContext = createContext<Branding>({ productName: "sipprot", accent: "", logo: null });

export function useBranding(): Branding {
  return useContext(BrandingContext);
}
