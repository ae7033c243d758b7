/** Tells use-intl our languages and keys: a key that is not there is a type error. */
import type { messages } from "../messages/en.ts";
import type { Locale } from "./locales.ts";

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}
