/** What a shell may offer for an argument or an option beyond the choices that the program itself holds it to. */
import type { Argument, Option } from "commander";

export type Offer =
  | { readonly kind: "files" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Depends on the word before it. */
  | { readonly kind: "after"; readonly words: Readonly<Record<string, readonly string[]>> };

const offers = new WeakMap<Argument | Option, Offer>();

/** Notes what is offered for an argument or an option, and gives it back. */
export function offering<Target extends Argument | Option>(target: Target, offer: Offer): Target {
  offers.set(target, offer);
  return target;
}

/** What is offered: as noted, or the choices. */
export function offerOf(target: Argument | Option): Offer | undefined {
  const noted = offers.get(target);
  if (noted !== undefined) return noted;
  return target.argChoices === undefined ? undefined : { kind: "words", words: target.argChoices };
}
