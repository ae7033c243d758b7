/** Counts of several periods added up: by any of their properties, by source, by user agent. */
import { type Gate, gateSchema } from "@sipprot/shared/reason";
import type { Counted, RankedAgent, RankedSource } from "@sipprot/shared/stats";
import type { AgentCount, AttackerCount, EventCount } from "@sipprot/shared/store/count-store";

/** Messages of one kind, all together. */
export function sumKind(counts: readonly EventCount[], kind: string): number {
  let sum = 0;
  for (const count of counts) if (count.kind === kind) sum += count.count;
  return sum;
}

/** What was refused, or would have been, by name; the busiest first. */
export function rankNames(counts: readonly EventCount[], nameOf: (count: EventCount) => string): Counted[] {
  const ranked = new Map<string, Counted>();
  for (const count of counts) addRefusal(ranked, nameOf(count), count, { name: nameOf(count) });
  return sortBusiest(ranked.values());
}

/** The busiest sources, each with the gate that refused most of it. */
export function rankSources(attackers: Iterable<AttackerCount>, top: number): RankedSource[] {
  const ranked = new Map<string, Omit<RankedSource, "gate">>();
  const gates = new Map<string, Map<Gate, number>>();
  for (const attacker of attackers) {
    const { source, country, count } = attacker;
    addRefusal(ranked, source, attacker, { source, country });
    const gate = gateSchema.safeParse(attacker.gate).data;
    if (gate === undefined) continue;
    const own = gates.get(source) ?? new Map<Gate, number>();
    own.set(gate, (own.get(gate) ?? 0) + count);
    gates.set(source, own);
  }
  return sortBusiest(ranked.values())
    .slice(0, top)
    .map((one) => ({ ...one, gate: findMost(gates.get(one.source)) }));
}

/** The busiest user agents. */
export function rankAgents(agents: Iterable<AgentCount>, top: number): RankedAgent[] {
  const ranked = new Map<string, RankedAgent>();
  for (const count of agents) addRefusal(ranked, count.agent, count, { agent: count.agent });
  return sortBusiest(ranked.values()).slice(0, top);
}

interface Refusals {
  refused: number;
  wouldRefuse: number;
}

function addRefusal<Named>(
  ranked: Map<string, Named & Refusals>,
  name: string,
  { kind, count }: { readonly kind: string; readonly count: number },
  named: Named,
): void {
  if (kind !== "refused" && kind !== "would-refuse") return;
  const known = ranked.get(name) ?? { ...named, refused: 0, wouldRefuse: 0 };
  known[kind === "refused" ? "refused" : "wouldRefuse"] += count;
  ranked.set(name, known);
}

function sortBusiest<Item extends Refusals>(items: Iterable<Item>): Item[] {
  return [...items].sort((one, other) => other.refused + other.wouldRefuse - one.refused - one.wouldRefuse);
}

function findMost(gates: ReadonlyMap<Gate, number> | undefined): Gate | undefined {
  return [...(gates ?? [])].sort(([, one], [, other]) => other - one)[0]?.[0];
}
