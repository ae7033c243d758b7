/** A country by name, with its code beside it where there is room. */
"use client";
import { useCountryName } from "./use-country-name.ts";

export function CountryName({ code }: { readonly code: string | undefined }) {
  const name = useCountryName();
  return <span title={code}>{name(code ?? "")}</span>;
}
