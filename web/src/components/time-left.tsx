/** What is left until a moment, counted down by the server's clock; the page around it stands still. */
"use client";
import { useTranslations } from "use-intl";
import { useTick } from "./ticker.ts";
import { useDurationText } from "./use-duration-text.ts";

export function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  const t = useTranslations("kit");
  const text = useDurationText();
  const leftMs = untilMs - useTick(1000);
  // A screen reader is not told every second: role timer is silent by itself.
  return (
    <span role="timer" className="tabular">
      {leftMs <= 0 ? t("timeOver") : text(leftMs / 1000)}
    </span>
  );
}
