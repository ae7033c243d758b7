/** A small real SIP phone: registers with digest, calls, is called, subscribes, keeps its line alive. */
import { ClientTransactions } from "./client-transactions.mjs";
import { answerChallenge, parseChallenge } from "./digest.mjs";
import { IncomingCalls } from "./incoming-calls.mjs";
import { composeMessage, hostText, parseMessage, randomToken } from "./sip-text.mjs";
import { openWire } from "./wire.mjs";

/**
 * @typedef {{
 *   user: string, password: string, address: string, port?: number, transport?: "udp" | "tcp",
 *   server: { address: string, port: number }, agent?: string, timeoutMs?: number, echoes?: boolean, answers?: boolean,
 *   keepsMessages?: boolean,
 * }} PhoneOptions
 * @typedef {import("./sip-text.mjs").Message} Message
 */

/** How many messages a phone that keeps them keeps: a few calls. */
const MAX_KEPT_MESSAGES = 2000;

export class Phone {
  /** @type {import("./wire.mjs").Wire} */
  wire;
  /** @type {ClientTransactions} */
  transactions;
  options;
  /** @type {Map<string, import("./outgoing-call.mjs").OutgoingCall>} */
  calls = new Map();
  /** @type {IncomingCalls} */
  incoming;
  /** Bytes sent, base64, when asked to keep them. @type {string[]} */
  sentMessages = [];
  /** Requests that came from the PBX, by method. @type {Record<string, number>} */
  requests = {};
  #cseq = Math.floor(Math.random() * 1000) + 1;
  #registration = { callId: `${randomToken()}@lab`, tag: randomToken(4) };
  /** @type {import("./digest.mjs").Challenge | undefined} */
  #challenge;
  #nonceCount = 0;

  /** @param {PhoneOptions} options */
  constructor(options) {
    this.options = {
      transport: /** @type {"udp" | "tcp"} */ ("udp"),
      port: 0,
      agent: "Lab Phone 1.0",
      timeoutMs: 32_000,
      echoes: true,
      answers: true,
      keepsMessages: false,
      ...options,
    };
  }

  /** @param {PhoneOptions} options */
  static async open(options) {
    const phone = new Phone(options);
    const wire = await openWire(
      phone.options,
      (bytes) => phone.#receive(bytes),
      () => phone.transactions?.resend(),
    );
    const send = wire.send;
    wire.send = (bytes) => {
      if (phone.options.keepsMessages && phone.sentMessages.length < MAX_KEPT_MESSAGES)
        phone.sentMessages.push(bytes.toString("base64"));
      send(bytes);
    };
    phone.wire = wire;
    phone.transactions = new ClientTransactions(wire);
    phone.incoming = new IncomingCalls(phone);
    return phone;
  }

  /** The URI the PBX reaches this phone at. */
  contact() {
    const suffix = this.options.transport === "tcp" ? ";transport=tcp" : "";
    return `<sip:${this.options.user}@${hostText(this.options.address)}:${this.wire.localPort()}${suffix}>`;
  }

  /** The host part of the PBX's URIs. */
  domain() {
    const { address, port } = this.options.server;
    return port === 5060 ? hostText(address) : `${hostText(address)}:${port}`;
  }

  via() {
    const branch = `z9hG4bK${randomToken()}`;
    const sentBy = `${hostText(this.options.address)}:${this.wire.localPort()}`;
    return { branch, value: `SIP/2.0/${this.options.transport.toUpperCase()} ${sentBy};rport;branch=${branch}` };
  }

  nextCseq() {
    this.#cseq += 1;
    return this.#cseq;
  }

  /**
   * One request and its final answer, credentials not tried.
   * @param {{ method: string, uri: string, from: string, to: string, callId: string, cseq?: number, extra?: [string, string][], body?: string, onProvisional?: (answer: Message) => void, onFinalAgain?: (answer: Message) => void, onSent?: (sent: { branch: string, cseq: number, via: string }) => void }} request
   */
  async send({
    method,
    uri,
    from,
    to,
    callId,
    cseq = this.nextCseq(),
    extra = [],
    body = "",
    onProvisional,
    onFinalAgain,
    onSent,
  }) {
    const { branch, value } = this.via();
    const bytes = composeMessage(
      `${method} ${uri} SIP/2.0`,
      [
        ["Via", value],
        ["Max-Forwards", "70"],
        ["From", from],
        ["To", to],
        ["Call-ID", callId],
        ["CSeq", `${cseq} ${method}`],
        ["User-Agent", this.options.agent],
        ...extra,
      ],
      body,
    );
    onSent?.({ branch, cseq, via: value });
    return this.transactions.send({
      bytes,
      branch,
      method,
      timeoutMs: this.options.timeoutMs,
      ...(onProvisional ? { onProvisional } : {}),
      ...(onFinalAgain ? { onFinalAgain } : {}),
    });
  }

  /**
   * One request with the digest dance: the challenge is answered once, and once more when the nonce was stale.
   * @param {Parameters<Phone["send"]>[0] & { password?: string, usesCachedNonce?: boolean, isUnsigned?: boolean, onRefused?: (answer: Message) => void }} request
   */
  async sendSigned({
    password = this.options.password,
    usesCachedNonce = false,
    isUnsigned = false,
    onRefused,
    ...request
  }) {
    const startedMs = Date.now();
    /** @type {number[]} */
    const statuses = [];
    let staleCount = 0;
    let answer;
    let challenge = usesCachedNonce ? this.#challenge : undefined;
    let isProxy = false;
    for (let attempt = 0; attempt < (isUnsigned ? 1 : 3); attempt += 1) {
      const extra = [...(request.extra ?? [])];
      const hadCredentials = challenge !== undefined;
      if (challenge !== undefined) {
        this.#nonceCount += 1;
        const value = answerChallenge({
          user: this.options.user,
          password,
          method: request.method,
          uri: request.uri,
          challenge,
          count: this.#nonceCount,
        });
        extra.push([isProxy ? "Proxy-Authorization" : "Authorization", value]);
      }
      answer = await this.send({ ...request, extra });
      statuses.push(answer?.status ?? 0);
      if (answer === undefined || (answer.status !== 401 && answer.status !== 407)) break;
      onRefused?.(answer);
      isProxy = answer.status === 407;
      challenge = parseChallenge(answer.header(isProxy ? "proxy-authenticate" : "www-authenticate"));
      if (challenge.stale) staleCount += 1;
      if (hadCredentials && !challenge.stale) break;
      this.#challenge = challenge;
      this.#nonceCount = 0;
    }
    return { answer, status: answer?.status ?? 0, statuses, staleCount, elapsedMs: Date.now() - startedMs };
  }

  /** @param {{ expires?: number, password?: string, usesCachedNonce?: boolean, isUnsigned?: boolean }} how */
  async register({ expires = 3600, password, usesCachedNonce = false, isUnsigned = false } = {}) {
    const own = `<sip:${this.options.user}@${this.domain()}>`;
    const { answer, ...result } = await this.sendSigned({
      method: "REGISTER",
      uri: `sip:${this.domain()}`,
      from: `${own};tag=${this.#registration.tag}`,
      to: own,
      callId: this.#registration.callId,
      extra: [
        ["Contact", this.contact()],
        ["Expires", String(expires)],
        ["Supported", "path"],
      ],
      usesCachedNonce,
      isUnsigned,
      ...(password === undefined ? {} : { password }),
    });
    return { ...result, contacts: answer?.all("contact") ?? [] };
  }

  /** An OPTIONS ping without credentials. */
  async ping() {
    const uri = `sip:${this.domain()}`;
    const answer = await this.send({
      method: "OPTIONS",
      uri,
      from: `<sip:${this.options.user}@${this.domain()}>;tag=${randomToken(4)}`,
      to: `<${uri}>`,
      callId: `${randomToken()}@lab`,
    });
    return { status: answer?.status ?? 0 };
  }

  /** Watches another extension's lamp. @param {{ target: string, event?: string, expires?: number }} what */
  async subscribe({ target, event = "dialog", expires = 600 }) {
    const uri = `sip:${target}@${this.domain()}`;
    const { answer, ...result } = await this.sendSigned({
      method: "SUBSCRIBE",
      uri,
      from: `<sip:${this.options.user}@${this.domain()}>;tag=${randomToken(4)}`,
      to: `<${uri}>`,
      callId: `${randomToken()}@lab`,
      extra: [
        ["Contact", this.contact()],
        ["Event", event],
        ["Expires", String(expires)],
        ["Accept", event === "dialog" ? "application/dialog-info+xml" : "application/pidf+xml"],
      ],
    });
    return { ...result, expires: answer?.header("expires") ?? "" };
  }

  /** @param {Buffer} bytes */
  #receive(bytes) {
    const message = parseMessage(bytes);
    if (message === undefined) return;
    if (message.status > 0) {
      this.transactions.take(message);
      return;
    }
    this.requests[message.method] = (this.requests[message.method] ?? 0) + 1;
    this.incoming.take(message);
  }

  close() {
    this.incoming.close();
    for (const call of this.calls.values()) call.close();
    this.wire.close();
  }
}
