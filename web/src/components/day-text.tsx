/** The day of a moment; its time is in the title. */
"use client";
import { useFormatter } from "use-intl";

export function DayText({ atMs }: { readonly atMs: number }) {
  const format = useFormatter();
  const at = new Date(atMs);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, { dateStyle: "full", timeStyle: "long" })}>
      {format.dateTime(at, { dateStyle: "medium" })}
    </time>
  );
}
