/** Who reads which language: a recipient whose mail address is the name of an account reads what that account reads. */
import type { ReportLanguage } from "@sipprot/shared/report";
import type { Redis } from "ioredis";
import { readUsers } from "../../store/user-store.ts";

/** Mail address in small letters → the language its person chose for the pages. Who chose none reads that of the settings. */
export type Readers = ReadonlyMap<string, ReportLanguage>;

export async function readReaders(redis: Redis): Promise<Readers> {
  const readers = new Map<string, ReportLanguage>();
  for (const { name, preferences } of await readUsers(redis)) {
    if (preferences?.language !== undefined) readers.set(name.toLowerCase(), preferences.language);
  }
  return readers;
}

/** The recipients by language, in an order that the same recipients always have. */
export function groupByLanguage(
  recipients: readonly string[],
  readers: Readers,
  usual: ReportLanguage,
): ReadonlyMap<ReportLanguage, readonly string[]> {
  const groups = new Map<ReportLanguage, string[]>();
  for (const recipient of recipients) {
    const language = readers.get(recipient.toLowerCase()) ?? usual;
    groups.set(language, [...(groups.get(language) ?? []), recipient]);
  }
  return groups;
}
