/** What became of a CSV file: the counts, and the lines that were not taken. */
import { z } from "zod";
import { lineFlaws } from "./list-csv.ts";

const count = z.number().int().nonnegative();

export const badLineSchema = z.strictObject({
  line: count,
  flaw: z.enum(lineFlaws),
  text: z.string(),
  detail: z.string(),
});

export const fileReportSchema = z.strictObject({
  /** Bytes read so far. */
  bytes: count,
  /** Lines with an entry so far, good and bad. */
  records: count,
  added: count,
  updated: count,
  removed: count,
  badCount: count,
  /** The first 1000 bad lines by number. */
  bad: z.array(badLineSchema),
  /** Of a trial: how its first lines are read. */
  sample: z.array(z.strictObject({ line: count, network: z.string(), note: z.string() })).optional(),
  /** Of a removal that removed something: its name, to take it back. */
  undo: z.string().optional(),
});
export type FileReport = z.infer<typeof fileReportSchema>;
