/** The edits a stateless proxy makes (RFC 3261 16.6, 16.7, 16.11; RFC 3581), each named by its intention. */

import { AddressField } from "./address-field.ts";
import type { Edit } from "./edits.ts";
import { HeaderKind } from "./header-name.ts";
import { COMMA, skipSpace } from "./octets.ts";
import type { MessageReader } from "./reader.ts";

/** Puts a header line in front of all others; `value` without line end. */
export function pushHeader(message: MessageReader, name: string, value: string): Edit {
  return { at: message.headersStart, remove: 0, insert: `${name}: ${value}\r\n` };
}

/** Takes the topmost Via away: the header, or its first value. No edit when there is none. */
export function popVia(message: MessageReader): Edit[] {
  return message.index.find(HeaderKind.Via) < 0 ? [] : popValue(message, HeaderKind.Via, message.topVia.end);
}

/** Takes the topmost Route away: the header, or its first value. No edit when there is none. */
export function popRoute(message: MessageReader): Edit[] {
  const route = readTopRoute(message);
  return route === undefined ? [] : popValue(message, HeaderKind.Route, route.end);
}

/** The topmost Route, taken apart; undefined when there is none. */
export function readTopRoute(message: MessageReader): AddressField | undefined {
  const at = message.index.find(HeaderKind.Route);
  if (at < 0) return undefined;
  const route = new AddressField();
  route.read(message.bytes, message.index.valueStarts[at] ?? 0, message.index.valueEnds[at] ?? 0, true);
  return route;
}

/**
 * Notes in the topmost Via where the message really came from: `received`, and `rport` when the sender asked for it
 * (RFC 3581 4). What the sender wrote there itself is replaced, it has no say in it. An IPv6 address goes without brackets.
 */
export function markReceived(message: MessageReader, address: string, port: number): Edit[] {
  const via = message.topVia;
  const edits: Edit[] = [];
  if (via.receivedEnd > via.receivedStart) {
    edits.push({ at: via.receivedStart, remove: via.receivedEnd - via.receivedStart, insert: address });
  } else {
    edits.push({ at: via.sentByEnd, remove: 0, insert: `;received=${address}` });
  }
  if (via.hasRport) {
    edits.push({ at: via.rportNameEnd, remove: via.rportEnd - via.rportNameEnd, insert: `=${port}` });
  }
  return edits;
}

/** Max-Forwards one less, or 70 when the message has none (RFC 3261 16.6). The caller has refused zero. */
export function decrementMaxForwards(message: MessageReader): Edit {
  const at = message.index.find(HeaderKind.MaxForwards);
  if (at < 0) return pushHeader(message, "Max-Forwards", "70");
  const start = message.index.valueStarts[at] ?? 0;
  const end = message.index.valueEnds[at] ?? 0;
  return { at: start, remove: end - start, insert: String(Math.max(0, message.maxForwards - 1)) };
}

function popValue(message: MessageReader, kind: HeaderKind, valueEnd: number): Edit[] {
  const { index, bytes } = message;
  const at = index.find(kind);
  const end = index.valueEnds[at] ?? 0;
  if (valueEnd >= end || bytes[valueEnd] !== COMMA) {
    const start = index.starts[at] ?? 0;
    return [{ at: start, remove: (index.ends[at] ?? 0) - start, insert: "" }];
  }
  const start = index.valueStarts[at] ?? 0;
  return [{ at: start, remove: skipSpace(bytes, valueEnd + 1, end) - start, insert: "" }];
}
