/** `sipprot doctor`: everything that can be wrong, each with its remedy. */
import type { Diagnosis } from "../../services/doctor/diagnosis.ts";
import { examine } from "../../services/doctor/doctor.ts";
import type { Session } from "../session.ts";

const marks: Record<Diagnosis["state"], string> = { ok: "✓", warning: "!", problem: "✗", skipped: "-" };

/** Exit code 1 when a problem was found; a warning is one only with --strict. */
export async function runDoctor(session: Session, { strict = false }: { readonly strict?: boolean }): Promise<void> {
  const diagnoses = await examine(session.config);
  const problems = diagnoses.filter((one) => one.state === "problem").length;
  const warnings = diagnoses.filter((one) => one.state === "warning").length;
  if (problems > 0 || (strict && warnings > 0)) session.exitCode = 1;
  session.answer({ problems, warnings, checks: diagnoses }, () =>
    [...diagnoses.flatMap(draw), "", summarise(problems, warnings)].join("\n"),
  );
}

function draw({ name, state, detail, remedy }: Diagnosis): string[] {
  const line = `${marks[state]} ${name}: ${detail}`;
  return remedy === undefined ? [line] : [line, `    remedy: ${remedy}`];
}

function summarise(problems: number, warnings: number): string {
  if (problems === 0 && warnings === 0) return "no problem found";
  return `${count(problems, "problem")}, ${count(warnings, "warning")}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
