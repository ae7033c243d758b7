/** `sipprot doctor`: everything that can be wrong, each with its remedy. */
import type { Diagnosis } from "../../services/doctor/diagnosis.ts";
import { examine } from "../../services/doctor/doctor.ts";
import type { Session } from "../session.ts";
import { wrapText } from "../table.ts";

const marks: Record<Diagnosis["state"], string> = { ok: "✓", warning: "!", problem: "✗", skipped: "-" };

/** Exit code 1 when a problem was found; a warning is one only with --strict. */
export async function runDoctor(session: Session, { strict = false }: { readonly strict?: boolean }): Promise<void> {
  const diagnoses = await examine(session.config);
  const problems = diagnoses.filter((one) => one.state === "problem").length;
  const warnings = diagnoses.filter((one) => one.state === "warning").length;
  if (problems > 0 || (strict && warnings > 0)) session.exitCode = 1;
  session.answer({ problems, warnings, checks: diagnoses }, () =>
    [
      ...diagnoses.flatMap((one) => draw(one, session.terminal.columns ?? Number.POSITIVE_INFINITY)),
      "",
      summarise(problems, warnings),
    ].join("\n"),
  );
}

function draw({ name, state, detail, remedy }: Diagnosis, columns: number): string[] {
  const found = indent(`${marks[state]} `, "  ", `${name}: ${detail}`, columns);
  return remedy === undefined ? found : [...found, ...indent("    remedy: ", "      ", remedy, columns)];
}

/** A text whose lines begin alike, broken to the width of the terminal. */
function indent(first: string, rest: string, text: string, columns: number): string[] {
  return wrapText(text, columns - first.length).map((line, index) => (index === 0 ? first : rest) + line);
}

function summarise(problems: number, warnings: number): string {
  if (problems === 0 && warnings === 0) return "no problem found";
  return `${count(problems, "problem")}, ${count(warnings, "warning")}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
