/** A moment as "3 minutes ago"; the exact time is in the title, for machines in the attribute. */
"use client";
import { useFormatter } from "use-intl";
import { useTick } from "./ticker.ts";

const REFRESH_MS = 10_000;

export function TimeAgo({ atMs }: { readonly atMs: number }) {
  const format = useFormatter();
  const nowMs = useTick(REFRESH_MS);
  const at = new Date(atMs);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, { dateStyle: "full", timeStyle: "medium" })}>
      {format.relativeTime(at, new Date(Math.max(nowMs, atMs)))}
    </time>
  );
}
