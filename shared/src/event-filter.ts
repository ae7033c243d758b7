/** Which events somebody wants to see: conditions that must hold, and others that must not. Pure; one test for the log and for what comes in live. */
import { networkContains } from "./address.ts";
import type { EventKind, SipEvent } from "./event.ts";
import type { Gate } from "./gate.ts";

/** Of each list that is given, one must fit. An empty list is one that is not given. */
export interface EventConditions {
  readonly gates?: readonly Gate[] | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
  /** ISO 3166-1; the empty text is "not known". */
  readonly countries?: readonly string[] | undefined;
  readonly endpoints?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  /** Parts of the user agent; case does not matter. */
  readonly agents?: readonly string[] | undefined;
  /** Addresses and networks, canonical; a source is meant by itself and by every network that holds it. */
  readonly networks?: readonly string[] | undefined;
}

export interface EventFilter {
  readonly only?: EventConditions | undefined;
  /** What is left out: an event that fits one of any of these lists. */
  readonly except?: EventConditions | undefined;
}

type Test = (event: SipEvent) => boolean;

/** The test of a filter; make it once and ask it of many. */
export function testEvents({ only = {}, except = {} }: EventFilter): Test {
  const wanted = testsOf(only);
  const unwanted = testsOf(except);
  return (event) => wanted.every((test) => test(event)) && !unwanted.some((test) => test(event));
}

function testsOf(conditions: EventConditions): Test[] {
  const { gates, kinds, countries, endpoints, hosts, accounts, agents, networks } = conditions;
  const parts = agents?.map((part) => part.toLowerCase());
  return [
    oneOf(gates, (event) => event.gate),
    oneOf(kinds, (event) => event.kind),
    oneOf(countries, (event) => event.country ?? ""),
    oneOf(endpoints, (event) => event.endpoint),
    oneOf(hosts, (event) => event.host),
    oneOf(accounts, accountOf),
    when(parts, (event) => parts?.some((part) => event.agent.toLowerCase().includes(part)) === true),
    when(networks, (event) => networks?.some((network) => holds(network, event.source)) === true),
  ].flatMap((test) => test ?? []);
}

/** The account an event is about: its own, or the one its reason names. */
export function accountOf({ account, reason }: SipEvent): string | undefined {
  return account ?? (reason.gate === "guessing" ? reason.account : undefined);
}

function oneOf<Value>(list: readonly Value[] | undefined, read: (event: SipEvent) => Value | undefined) {
  const values = new Set<Value | undefined>(list);
  return when(list, (event) => values.has(read(event)));
}

function when(list: readonly unknown[] | undefined, test: Test): Test | undefined {
  return list === undefined || list.length === 0 ? undefined : test;
}

/** An IPv6 source is written as its /64: it is also what an address inside it is counted as. */
function holds(network: string, source: string): boolean {
  if (network === source) return true;
  // What a host wrote is not believed to be an address.
  if (!/^[0-9a-f.:/]+$/.test(source)) return false;
  if (network.includes("/") && networkContains(network, source)) return true;
  return source.includes("/") && networkContains(source, network);
}
