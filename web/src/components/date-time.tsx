/** A moment with its date, in the reader's language and time zone. */
"use client";
import { useFormatter } from "use-intl";

/** `isShort` leaves the date away: for rows of one day. */
export function DateTime({ atMs, isShort = false }: { readonly atMs: number; readonly isShort?: boolean }) {
  const format = useFormatter();
  const at = new Date(atMs);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, { dateStyle: "full", timeStyle: "long" })}>
      {format.dateTime(at, isShort ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "medium" })}
    </time>
  );
}
