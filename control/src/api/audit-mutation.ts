/** Writes one mutation into the audit trail once it ended, without the secrets it carried. */
import { MAX_AUDIT_TEXT, type NewAuditRecord } from "@sipprot/shared/audit";
import { SipprotError } from "@sipprot/shared/errors";
import type { Actor, Told } from "./actor.ts";
import type { Context } from "./context.ts";

/** Names of fields whose values never reach the trail. */
const secretField = /password|secret|token$|^code$|recovery|^key$|authorization|cookie|uri$/i;
/** Numbers of such fields are times and counts. A number elsewhere may be a password that was sent without its quotes. */
const harmlessNumber = /(AtMs|Left)$/;
/** A file is told by its name or id; of a whole one the trail could hold only a piece. */
const MAX_FILE_NAME = 300;
/** Deepest that an input is walked. */
const MAX_DEPTH = 6;

export interface MutationAudit {
  readonly actor: Actor;
  readonly finish: (path: string, readInput: () => Promise<unknown>, outcome: string) => Promise<void>;
}

/**
 * The actor of one call, and how its end is recorded. Queries leave no record; nor do failures of strangers, who could
 * otherwise push everything else out of the trail: those are counted at the sign-in.
 *
 * A record that cannot be written is told to `onTrouble` with all it holds: what was done was done.
 */
export function auditMutation(context: Context, nowMs: number, isMutation: boolean): MutationAudit {
  let told: Told = {};
  const by = context.caller?.name;
  const actor: Actor = {
    by: by ?? "nobody",
    nowMs,
    address: context.address,
    tell: (telling) => {
      told = telling;
    },
  };
  return {
    actor,
    finish: async (action, readInput, outcome) => {
      const who = told.by ?? by;
      if (!isMutation || who === undefined || (told.isPart === true && outcome === "done")) return;
      const input = await readInput().catch(() => undefined);
      const { address: from, onTrouble, services } = context;
      await writeRecord({ by: who, from, nowMs, action, outcome, input, told }, services.audit.write, onTrouble);
    },
  };
}

function textOf<Name extends string>(name: Name, value: unknown): { [One in Name]?: string } {
  if (value === undefined) return {};
  const text = JSON.stringify(withoutSecrets(value, 0)) ?? "";
  return { [name]: text.slice(0, MAX_AUDIT_TEXT) } as { [One in Name]?: string };
}

/** A copy whose secret fields say only that there was something. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "…";
  // More would be cut off anyway.
  if (Array.isArray(value)) return value.slice(0, 200).map((one) => withoutSecrets(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 200)
      .map(([name, one]) => [name, isSecret(name, one) ? "***" : withoutSecrets(one, depth + 1)]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  if (name === "file") return typeof value !== "string" || value.length > MAX_FILE_NAME;
  if (typeof value === "boolean" || (typeof value === "number" && harmlessNumber.test(name))) return false;
  return secretField.test(name);
}

/** Who changes something outside a procedure, and where the record goes. */
export interface AuditedCaller {
  readonly by: string;
  readonly address: string;
  readonly nowMs: number;
  readonly write: (record: NewAuditRecord) => Promise<void>;
  readonly onTrouble: Context["onTrouble"];
}

/** Does a piece of work and records it, done or failed. Throws what the work throws. */
export async function auditedCall<Result>(
  { by, address, nowMs, write, onTrouble }: AuditedCaller,
  action: string,
  input: unknown,
  work: (actor: Actor) => Promise<Result>,
): Promise<Result> {
  let told: Told = {};
  let outcome = "unexpected";
  const tell = (telling: Told) => {
    told = telling;
  };
  try {
    const result = await work({ by, nowMs, address, tell });
    outcome = "done";
    return result;
  } catch (error) {
    if (error instanceof SipprotError) outcome = error.code;
    throw error;
  } finally {
    await writeRecord({ by, from: address, nowMs, action, outcome, input, told }, write, onTrouble);
  }
}

async function writeRecord(
  end: {
    readonly by: string;
    readonly from: string;
    readonly nowMs: number;
    readonly action: string;
    readonly outcome: string;
    readonly input: unknown;
    readonly told: Told;
  },
  write: (record: NewAuditRecord) => Promise<void>,
  onTrouble: Context["onTrouble"],
): Promise<void> {
  const record: NewAuditRecord = {
    atMs: end.nowMs,
    by: end.by,
    from: end.from,
    action: end.action,
    outcome: end.outcome,
    ...textOf("input", end.input),
    ...textOf("before", end.told.before),
    ...textOf("after", end.told.after),
  };
  try {
    await write(record);
  } catch (error) {
    onTrouble(error, { unwrittenAuditRecord: record });
  }
}
