/** A translator that is handed on to a function; the check of the texts follows it by this name. */
import type { Messages, useTranslations } from "use-intl";

export type Translate<Namespace extends keyof Messages> = ReturnType<typeof useTranslations<Namespace>>;
