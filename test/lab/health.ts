/** What the proxy says of itself at its health endpoint, asked inside its namespace. */
import type { Namespace } from "./namespace.ts";

export interface PartHealth {
  readonly part: string;
  readonly state: "ok" | "off" | "degraded" | "failed";
  readonly detail: string;
}

/** The whole answer. */
export interface HealthSaid {
  readonly status: number;
  readonly text: string;
  readonly parts: readonly PartHealth[];
}

/** By curl: asked as often as this, a Node of its own each time would take the time from what is tested. */
async function fetchInside(pbx: Namespace, path: string): Promise<{ status: number; text: string } | undefined> {
  const args = ["--silent", "--max-time", "3", "--write-out", "\n%{http_code}", `http://127.0.0.1:8082${path}`];
  const { code, stdout } = await pbx.run("curl", args, { mayFail: true });
  const end = stdout.lastIndexOf("\n");
  return code === 0 ? { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) } : undefined;
}

/** What the health endpoint says; undefined when it does not answer. */
export async function askHealth(pbx: Namespace): Promise<HealthSaid | undefined> {
  const answer = await fetchInside(pbx, "/health");
  if (answer === undefined) return undefined;
  return { ...answer, parts: partsOf(JSON.parse(answer.text)) };
}

/** Finds the parts wherever in the answer they are. */
function partsOf(value: unknown): PartHealth[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  if ("part" in value && "state" in value) return [value as PartHealth];
  return Object.values(value).flatMap(partsOf);
}

/** All metrics with labels as in the text format, by their full name. */
export async function readMetrics(pbx: Namespace): Promise<Map<string, number>> {
  const text = (await fetchInside(pbx, "/metrics"))?.text ?? "";
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}
