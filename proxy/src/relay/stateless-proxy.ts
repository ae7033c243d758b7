/**
 * What relay mode does to a message (RFC 3261 16.11): own Via, `received` and `rport`, Max-Forwards, Record-Route, Path,
 * all as splices on the original bytes. Knows no sockets.
 *
 * Rule: what comes from outside goes to the PBX and nowhere else, whatever its Request-URI or Route says. What the PBX
 * sends goes where a token of ours says; where none does, only a request goes on, to its own next hop (see `outwardRequest`).
 */
import type { HostPort } from "@sipprot/shared/boot-settings";
import { applyEdits, type Edit } from "../sip/edits.ts";
import { HeaderKind } from "../sip/header-name.ts";
import { CR, isWord, LF, word } from "../sip/octets.ts";
import { MessageReader } from "../sip/reader.ts";
import { decrementMaxForwards, markReceived, popRoute, popVia, pushHeader, readTopRoute } from "../sip/rewrites.ts";
import type { RelayTransport } from "../worker-messages.ts";
import { type Flow, FlowTokens } from "./flow-token.ts";
import { hostPortText } from "./own-addresses.ts";
import { OwnBranches } from "./own-branch.ts";

/** Requests that begin a dialog, or may come without one that we saw. */
const dialogForming = new Set(["INVITE", "SUBSCRIBE", "REFER", "NOTIFY"]);
/** Our own routes come in pairs; more than two pairs are no honest loop. */
const MAX_OWN_ROUTES = 4;

const SIP_SLASH = word("sip/");

/** How a message goes on. `bytes` are its own, or new ones. */
export interface Onward {
  readonly bytes: Buffer;
}
/** Towards a client. */
export interface ToClient extends Onward {
  readonly flow: Flow;
  /** The bytes read, where they are; true until the next call. */
  readonly read?: MessageReader;
}
/** A request of the PBX to somebody who holds no token of ours: a trunk, a registrar. */
export interface ToNextHop extends Onward {
  readonly host: string;
  /** 0 when the URI names none. */
  readonly port: number;
  readonly listener: number;
}

/** Where this proxy stands. */
export interface ProxyPlace {
  readonly secret: Uint8Array;
  /** Our side towards the PBX. */
  readonly inner: HostPort;
  readonly pbxAddress: string;
  /** By which address the client reaches a listener. */
  advertised(listener: number, client: string): HostPort;
  /** True for an address and port of ours, wherever it may stand. */
  isOwn(host: string, port: number): boolean;
}

/** A stateless proxy between many clients and one PBX. No function throws, whatever the bytes are; undefined is silence. */
export class StatelessProxy {
  readonly #place: ProxyPlace;
  readonly #tokens: FlowTokens;
  readonly #branches: OwnBranches;
  readonly #reader = new MessageReader();
  readonly #next = new MessageReader();

  constructor(place: ProxyPlace) {
    this.#place = place;
    this.#tokens = new FlowTokens(place.secret);
    this.#branches = new OwnBranches(place.secret);
  }

  /** A request of a client, read, for the PBX over the same transport. */
  inwardRequest(read: MessageReader, from: Flow): Onward | undefined {
    const { message } = this.#stripOwnRoutes(read);
    if (!isSoundRequest(message)) return undefined;
    const { inner } = this.#place;
    const edits = [
      this.#pushVia(message, inner, from.transport, from.listener),
      ...this.#recordRoute(message, from, from, "inner"),
      ...markReceived(message, from.address, from.port),
      decrementMaxForwards(message),
    ];
    if (message.method === "REGISTER") edits.push(...this.#path(message, from));
    return { bytes: applyEdits(message.bytes, edits, message.end) };
  }

  /** An answer of a client, read, for the PBX: only to a request that went through us. */
  inwardResponse(read: MessageReader): (Onward & { readonly port: number }) | undefined {
    const next = this.#popOwnVia(read);
    if (next === undefined) return undefined;
    const { topVia } = next.message;
    return { bytes: next.message.bytes, port: topVia.rport || topVia.port || 5060 };
  }

  /** An answer of the PBX: to where the request came from, by the Via under ours (18.2.2, RFC 3581 4); `maddr` is not honoured. */
  outwardResponse(bytes: Buffer, transport: RelayTransport): ToClient | undefined {
    const next = this.#popOwnVia(this.#reader.read(bytes));
    if (next === undefined) return undefined;
    const { message, listener } = next;
    const { topVia } = message;
    const address = message.bytes.toString("latin1", topVia.receivedStart, topVia.receivedEnd);
    if (address === "") return undefined;
    const port = topVia.hasRport && topVia.rport > 0 ? topVia.rport : topVia.port || 5060;
    return { bytes: message.bytes, read: message, flow: { transport, address, port, listener } };
  }

  /**
   * A request of the PBX. With a token of ours in its topmost Route: to that client. Without: to the next hop that its
   * Route or Request-URI names (our PBX calls out through us). The caller has checked that it really came from the PBX.
   */
  outwardRequest(
    bytes: Buffer,
    from: HostPort,
    listenerFor: (host: string) => number,
    known?: Flow,
  ): ToClient | ToNextHop | undefined {
    const { message, flow: sealed } = this.#stripOwnRoutes(this.#reader.read(bytes));
    if (!isSoundRequest(message)) return undefined;
    const flow = sealed ?? known;
    if (flow !== undefined) return { bytes: this.#outward(message, from, flow, flow), flow };
    const route = readTopRoute(message);
    const uri = route === undefined || route.isBad ? message.requestUriParts : route.uri;
    const host = message.bytes.toString("latin1", uri.hostStart, uri.hostEnd).replace(/^\[|\]$/g, "");
    if (host === "" || this.#place.isOwn(host, uri.port || 5060)) return undefined;
    const onward: Flow = { transport: "udp", address: host, port: uri.port, listener: listenerFor(host) };
    // Nobody's flow to seal: later requests of the dialog find their way by their own Request-URI.
    return { bytes: this.#outward(message, from, onward, undefined), host, port: uri.port, listener: onward.listener };
  }

  #outward(message: MessageReader, from: HostPort, to: Flow, sealed: Flow | undefined): Buffer {
    const outer = this.#place.advertised(to.listener, to.address);
    const edits = [
      this.#pushVia(message, outer, to.transport, to.listener),
      ...this.#recordRoute(message, to, sealed, "outer"),
      ...markReceived(message, from.address, from.port),
      decrementMaxForwards(message),
    ];
    // A stream needs to know where the message ends (18.3).
    if (to.transport === "tcp" && message.contentLength < 0) {
      edits.push(pushHeader(message, "Content-Length", String(message.end - message.bodyStart)));
    }
    return applyEdits(message.bytes, edits, message.end);
  }

  #pushVia(message: MessageReader, at: HostPort, transport: RelayTransport, listener: number): Edit {
    const branch = this.#branches.branchFor(message, listener);
    const value = `SIP/2.0/${transport === "tcp" ? "TCP" : "UDP"} ${hostPortText(at)};branch=${branch};rport`;
    return pushHeader(message, "Via", value);
  }

  /** Two routes, one for each side (RFC 5658): the one towards the receiver first. */
  #recordRoute(message: MessageReader, client: Flow, sealed: Flow | undefined, towards: "inner" | "outer"): Edit[] {
    if (!dialogForming.has(message.method)) return [];
    const user = sealed === undefined ? "" : `${this.#tokens.seal(sealed)}@`;
    const inner = `<sip:${user}${hostPortText(this.#place.inner)};lr>`;
    const advertised = hostPortText(this.#place.advertised(client.listener, client.address));
    const outer = `<sip:${user}${advertised}${client.transport === "tcp" ? ";transport=tcp" : ""};lr>`;
    const order = towards === "inner" ? [inner, outer] : [outer, inner];
    return order.map((route) => pushHeader(message, "Record-Route", route));
  }

  /** Path, and the word that registrars want to see before they take it (RFC 3327 5.1). */
  #path(message: MessageReader, client: Flow): Edit[] {
    const path = `<sip:${this.#tokens.seal(client)}@${hostPortText(this.#place.inner)};lr>`;
    const edits = [pushHeader(message, "Path", path)];
    if (!supportsPath(message)) edits.push(pushHeader(message, "Supported", "path"));
    return edits;
  }

  /** The message without the topmost Routes that are ours; the first sealed one tells the client. */
  #stripOwnRoutes(read: MessageReader): { readonly message: MessageReader; readonly flow: Flow | undefined } {
    let message = read;
    let flow: Flow | undefined;
    for (let count = 0; count < MAX_OWN_ROUTES; count += 1) {
      const route = readTopRoute(message);
      if (route === undefined || route.isBad) break;
      const { uri } = route;
      const { bytes } = message;
      const sealed = this.#tokens.open(bytes.toString("latin1", uri.userStart, uri.userEnd));
      const host = bytes.toString("latin1", uri.hostStart, uri.hostEnd).replace(/^\[|\]$/g, "");
      if (sealed === undefined && !this.#place.isOwn(host, uri.port || 5060)) break;
      flow ??= sealed;
      message = this.#next.read(applyEdits(bytes, popRoute(message), message.end));
    }
    return { message, flow };
  }

  /** The answer without our Via, read; undefined when the topmost Via is not one we wrote for this transaction. */
  #popOwnVia(message: MessageReader): { readonly message: MessageReader; readonly listener: number } | undefined {
    if (message.isRequest) return undefined;
    const branch = message.branch;
    const listener = this.#branches.listenerOf(branch);
    if (listener === undefined) return undefined;
    const next = this.#next.read(applyEdits(message.bytes, popVia(message), message.end));
    if (next.index.find(HeaderKind.Via) < 0 || this.#branches.branchFor(next, listener) !== branch) return undefined;
    // What is wrong with the answer is wrong without our Via too: it is looked for once.
    if (next.flaw !== undefined) return undefined;
    return { message: next, listener };
  }
}

function isSoundRequest(message: MessageReader): boolean {
  // Max-Forwards 0 gets silence, not 483: a scanner learns nothing, and no honest sender stands 70 hops away.
  return message.flaw === undefined && message.isRequest && message.maxForwards !== 0;
}

/** True for what begins like a status line; line ends before it are skipped as the reader does. */
export function isAnswer(bytes: Buffer): boolean {
  let at = 0;
  while (bytes[at] === CR || bytes[at] === LF) at += 1;
  return isWord(bytes, at, at + 4, SIP_SLASH);
}

function supportsPath(message: MessageReader): boolean {
  const { index, bytes } = message;
  for (let at = index.find(HeaderKind.Supported); at >= 0; at = index.find(HeaderKind.Supported, at + 1)) {
    const value = bytes.toString("latin1", index.valueStarts[at], index.valueEnds[at]);
    if (value.split(",").some((option) => option.trim().toLowerCase() === "path")) return true;
  }
  return false;
}
