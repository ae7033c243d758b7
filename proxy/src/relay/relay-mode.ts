/** Relay mode: listeners towards clients, one socket towards the PBX, a stateless proxy between them. */
import { connect } from "node:net";
import { isIPv6 } from "@sipprot/shared/address";
import type { HostPort } from "@sipprot/shared/boot-settings";
import type { MessageReader } from "../sip/reader.ts";
import type { RelayEndpoint } from "../worker-messages.ts";
import { ConnectPacer } from "./connect-pacer.ts";
import { ConnectionCensus } from "./connection-census.ts";
import type { DatagramIo, DatagramPort } from "./datagram-port.ts";
import { type DatagramsBetween, letDatagramsBetween } from "./datagrams-between.ts";
import type { Flow } from "./flow-token.ts";
import type { Gatekeeper, Peer } from "./gatekeeper.ts";
import { KeepaliveLimit } from "./keepalive-limit.ts";
import { NextHops } from "./next-hop.ts";
import { AdvertisedAddress, type LocalAddress } from "./own-addresses.ts";
import type { ClientLine, StreamTranslator } from "./pair-setup.ts";
import type { RelayPath } from "./relay-path.ts";
import { isAnswer, StatelessProxy, type ToClient, type ToNextHop } from "./stateless-proxy.ts";
import { openStreamListener } from "./stream-listener.ts";
import type { LaneTally, Tally } from "./tally.ts";

/** Everything relay mode needs from outside. */
export interface RelaySetup {
  readonly io: DatagramIo;
  readonly endpoints: readonly RelayEndpoint[];
  readonly secret: Uint8Array;
  readonly gatekeeper: Gatekeeper;
  readonly tally: Tally;
  readonly now: () => number;
  readonly localAddresses: readonly LocalAddress[];
}

interface Listener {
  readonly endpoint: RelayEndpoint;
  readonly advertised: AdvertisedAddress;
  readonly lanes: { readonly udp: LaneTally; readonly tcp: LaneTally };
  port?: DatagramPort;
}

/** Opens all listeners and the side towards the PBX. Rejects with the system's error when a port is taken. */
export async function openRelayMode(setup: RelaySetup): Promise<readonly RelayPath[]> {
  const relay = new RelayMode(setup);
  try {
    await relay.open();
  } catch (error) {
    await Promise.all(relay.paths.map((path) => path.close()));
    throw error;
  }
  return relay.paths;
}

class RelayMode {
  readonly paths: RelayPath[] = [];
  readonly #setup: RelaySetup;
  readonly #listeners: readonly Listener[];
  readonly #proxy: StatelessProxy;
  readonly #pbx: HostPort;
  readonly #innerAt: HostPort;
  readonly #keepalives: KeepaliveLimit;
  /** One for all endpoints: there is one PBX. */
  readonly #pacer = new ConnectPacer();
  readonly #datagramsBetween: DatagramsBetween;
  readonly #nextHops: NextHops;
  /** Connections of clients by `flowKey`. */
  readonly #pairs = new Map<string, ClientLine>();
  #inner: DatagramPort | undefined;

  constructor(setup: RelaySetup) {
    const { endpoints, tally } = setup;
    const [first] = endpoints;
    if (first === undefined) throw new RangeError("relay mode needs a listener");
    this.#setup = setup;
    this.#pbx = first.pbx;
    this.#innerAt = first.inner;
    this.#keepalives = new KeepaliveLimit(tally);
    this.#datagramsBetween = letDatagramsBetween(setup.io);
    this.#nextHops = new NextHops(setup.now);
    this.#listeners = endpoints.map((endpoint) => ({
      endpoint,
      advertised: new AdvertisedAddress(endpoint, setup.localAddresses),
      lanes: { udp: tally.lane(endpoint.endpoint, "udp"), tcp: tally.lane(endpoint.endpoint, "tcp") },
    }));
    this.#proxy = new StatelessProxy({
      secret: setup.secret,
      inner: first.inner,
      pbxAddress: first.pbx.address,
      advertised: (listener, client) =>
        this.#listeners[listener]?.advertised.towards(client) ?? this.#listeners[0]?.endpoint.listen ?? first.listen,
      isOwn: (host, port) => this.#isOwn(host, port),
    });
  }

  async open(): Promise<void> {
    const { io, tally } = this.#setup;
    const inner = await io.open(this.#innerAt, (...datagram) => this.#takeFromPbx(...datagram), tally);
    this.#inner = inner;
    this.paths.push(pathOf(inner));
    for (const [index, listener] of this.#listeners.entries()) {
      const { transports, listen } = listener.endpoint;
      if (transports.includes("udp")) {
        const take = (bytes: Buffer, address: string, port: number) => this.#takeDatagram(bytes, address, port, index);
        listener.port = await io.open(listen, take, tally);
        this.paths.push(pathOf(listener.port));
      }
      if (transports.includes("tcp")) this.paths.push(await this.#listenStreams(listener, index));
    }
  }

  #takeDatagram(bytes: Buffer, address: string, port: number, index: number): void {
    const { gatekeeper, tally, now } = this.#setup;
    const listener = this.#listeners[index];
    if (listener === undefined) return;
    if (gatekeeper.isKeepalive(bytes)) {
      this.#keepalives.admits(address, now());
      return;
    }
    const startMs = tally.isTimed() ? performance.now() : 0;
    const peer: Peer = { transport: "udp", address, port, endpoint: listener.endpoint.endpoint };
    const { verdict, gate } = gatekeeper.judge(bytes, peer, now());
    listener.lanes.udp.count("in", verdict, gate);
    if (verdict !== "pass") return;
    const read = gatekeeper.message;
    if (!read.isRequest) this.#answerPbx(read);
    else {
      const onward = this.#proxy.inwardRequest(read, { transport: "udp", address, port, listener: index });
      if (onward === undefined) tally.sums.guarded += 1;
      else this.#inner?.send(onward.bytes, this.#pbx.port, this.#pbx.address);
    }
    if (startMs > 0) tally.addLatency((performance.now() - startMs) * 1000);
  }

  #answerPbx(read: MessageReader): void {
    const onward = this.#proxy.inwardResponse(read);
    if (onward === undefined) this.#setup.tally.sums.guarded += 1;
    else this.#inner?.send(onward.bytes, onward.port, this.#pbx.address);
  }

  #takeFromPbx(bytes: Buffer, address: string, port: number): void {
    // Only the PBX may send through us to clients and trunks.
    if (address !== this.#pbx.address) {
      this.#setup.tally.sums.guarded += 1;
      return;
    }
    if (this.#setup.gatekeeper.isKeepalive(bytes)) return;
    if (isAnswer(bytes)) this.#deliver(this.#proxy.outwardResponse(bytes, "udp"));
    else this.#send(this.#proxy.outwardRequest(bytes, { address, port }, (host) => this.#listenerFor(host)));
  }

  #send(onward: ToClient | ToNextHop | undefined): void {
    if (onward === undefined || "flow" in onward) {
      this.#deliver(onward);
      return;
    }
    const { bytes, host, port, listener } = onward;
    const family = isIPv6(this.#listeners[listener]?.endpoint.listen.address ?? "") ? 6 : 4;
    void this.#nextHops.find(host, port, family).then((found) => {
      const flow: Flow | undefined = found === undefined ? undefined : { transport: "udp", ...found, listener };
      this.#deliver(flow === undefined ? undefined : { bytes, flow });
    });
  }

  /** Sends to a client over the way its flow names. */
  #deliver(onward: ToClient | undefined, over?: ClientLine): void {
    const { tally, gatekeeper, now } = this.#setup;
    const listener = onward === undefined ? undefined : this.#listeners[onward.flow.listener];
    if (onward === undefined || listener === undefined) {
      tally.sums.guarded += 1;
      return;
    }
    const { transport, address, port } = onward.flow;
    const peer: Peer = over?.peer ?? { transport, address, port, endpoint: listener.endpoint.endpoint };
    const atMs = now();
    const status =
      "read" in onward ? gatekeeper.seeRead(onward.read, peer, atMs) : gatekeeper.see(onward.bytes, peer, atMs);
    listener.lanes[transport].countOut(status, atMs);
    if (transport === "udp") {
      if (listener.port === undefined) tally.sums.sendErrors += 1;
      else listener.port.send(onward.bytes, port, address);
      return;
    }
    const pair = over ?? this.#pairs.get(flowKey(onward.flow.listener, address, port));
    if (pair?.sendToClient(onward.bytes) !== true) tally.sums.sendErrors += 1;
  }

  async #listenStreams(listener: Listener, index: number): Promise<RelayPath> {
    const { endpoint, lanes } = listener;
    const { gatekeeper, tally, now } = this.#setup;
    const flowOf = ({ address, port }: Peer): Flow => ({ transport: "tcp", address, port, listener: index });
    const translator: StreamTranslator = {
      inward: (peer) => {
        const read = gatekeeper.message;
        if (read.isRequest) return this.#proxy.inwardRequest(read, flowOf(peer))?.bytes;
        this.#answerPbx(read);
        return undefined;
      },
      outward: (message, pair) => {
        if (isAnswer(message)) this.#deliver(this.#proxy.outwardResponse(message, "tcp"), pair);
        else
          this.#send(
            this.#proxy.outwardRequest(message, this.#pbx, (host) => this.#listenerFor(host), flowOf(pair.peer)),
          );
      },
      // RFC 5626 4.4.1: a double CRLF asks for a single one. The frames are single ones; a second answer is passed over.
      pong: (keepalive) => keepalive,
    };
    const wildcard = this.#innerAt.address === "0.0.0.0" || this.#innerAt.address === "::";
    return openStreamListener(
      endpoint.listen,
      endpoint.endpoint,
      {
        gatekeeper,
        tally,
        now,
        datagramsBetween: this.#datagramsBetween,
        translator,
        lane: lanes.tcp,
        census: new ConnectionCensus(),
        keepalives: this.#keepalives,
        pacer: this.#pacer,
        connectUp: () =>
          connect({
            host: this.#pbx.address,
            port: this.#pbx.port,
            ...(wildcard ? {} : { localAddress: this.#innerAt.address }),
            allowHalfOpen: true,
            noDelay: true,
            keepAlive: true,
          }),
        ended: ({ peer }) => this.#pairs.delete(flowKey(index, peer.address, peer.port)),
      },
      (pair) => this.#pairs.set(flowKey(index, pair.peer.address, pair.peer.port), pair),
    );
  }

  /** The first UDP listener of the host's family; a name is looked for over the first of all. */
  #listenerFor(host: string): number {
    const sixth = isIPv6(host);
    const found = this.#listeners.findIndex(
      ({ port, endpoint }) => port !== undefined && isIPv6(endpoint.listen.address) === sixth,
    );
    return Math.max(0, found);
  }

  #isOwn(host: string, port: number): boolean {
    const { address, port: innerPort } = this.#innerAt;
    if (host === address && port === innerPort) return true;
    return this.#listeners.some(({ endpoint: { listen, advertised } }) => {
      if (advertised?.address === host && advertised.port === port) return true;
      if (listen.port !== port) return false;
      return listen.address === host || this.#setup.localAddresses.some((local) => local.address === host);
    });
  }
}

function flowKey(listener: number, address: string, port: number): string {
  return `${listener} ${port} ${address}`;
}

function pathOf(port: DatagramPort): RelayPath {
  return { datagramPorts: [port], connections: () => 0, sweep: () => {}, release: () => {}, close: () => port.close() };
}
