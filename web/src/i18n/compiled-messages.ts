/** The texts of a language, compiled on the server: the browser gets no message parser. */
import compile from "icu-minify/compile";
import type { AbstractIntlMessages } from "use-intl";
import { messages as en } from "../messages/en.ts";
import { messages as fr } from "../messages/fr.ts";
import type { Locale } from "./locales.ts";

type Tree = { readonly [key: string]: string | Tree };

const sources: Record<Locale, Tree> = { en, fr };
const compiled = new Map<Locale, AbstractIntlMessages>();

/** All texts of a language, ready to be formatted. */
export function compiledMessages(locale: Locale): AbstractIntlMessages {
  const known = compiled.get(locale);
  if (known !== undefined) return known;
  const made = compileTree(sources[locale]) as AbstractIntlMessages;
  compiled.set(locale, made);
  return made;
}

function compileTree(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, typeof value === "string" ? compile(value) : compileTree(value)]),
  );
}
