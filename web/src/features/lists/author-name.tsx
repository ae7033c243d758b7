/** Who put an entry on a list, in words: a person, a program's token, the protection itself. */
"use client";
import { useTranslations } from "use-intl";

export function AuthorName({ by }: { readonly by: string }) {
  const t = useTranslations("lists");
  const [, kind = "", name = by] = /^(user|token|proxy|feed):(.*)$/s.exec(by) ?? [];
  const texts: Readonly<Record<string, string>> = {
    token: t("byToken", { name }),
    proxy: t("byHost", { name }),
    feed: t("byFeed", { name }),
  };
  return <bdi title={by}>{texts[kind] ?? name}</bdi>;
}
