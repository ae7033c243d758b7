/** A call this phone makes: INVITE with digest, ACK, media, BYE or CANCEL, along the route the answer recorded. */
import { Media } from "./media.mjs";
import { composeMessage, randomToken, uriOf } from "./sip-text.mjs";

export class OutgoingCall {
  callId = `${randomToken()}@lab`;
  state = /** @type {"calling" | "confirmed" | "refused" | "ended"} */ ("calling");
  /** Provisional answers seen. @type {number[]} */
  provisional = [];
  #phone;
  #target;
  #fromTag = randomToken(4);
  #to;
  #remoteTarget = "";
  /** @type {string[]} */
  #routes = [];
  /** @type {Media | undefined} */
  media;
  /** @type {{ branch: string, cseq: number, via: string } | undefined} */
  #invite;

  /** @param {import("./phone.mjs").Phone} phone @param {string} target */
  constructor(phone, target) {
    this.#phone = phone;
    this.#target = `sip:${target}@${phone.domain()}`;
    this.#to = `<${this.#target}>`;
    phone.calls.set(this.callId, this);
  }

  #from() {
    return `<sip:${this.#phone.options.user}@${this.#phone.domain()}>;tag=${this.#fromTag}`;
  }

  /** Places the call and resolves when it is answered or refused. */
  async place() {
    this.media = await Media.open(this.#phone.options.address, false);
    const result = await this.#phone.sendSigned({
      method: "INVITE",
      uri: this.#target,
      from: this.#from(),
      to: this.#to,
      callId: this.callId,
      extra: [
        ["Contact", this.#phone.contact()],
        ["Content-Type", "application/sdp"],
      ],
      body: this.media.description(),
      onSent: (sent) => {
        this.#invite = sent;
      },
      onProvisional: (answer) => this.provisional.push(answer.status),
      onFinalAgain: (answer) => (answer.status < 300 ? this.#acknowledge() : this.#acknowledgeRefusal(answer)),
      onRefused: (answer) => this.#acknowledgeRefusal(answer),
    });
    const { answer, ...told } = result;
    if (answer !== undefined && answer.status < 300) {
      this.state = "confirmed";
      this.#to = answer.header("to");
      this.#remoteTarget = uriOf(answer.header("contact"));
      this.#routes = answer.all("record-route").reverse();
      this.media.aim(answer.body);
      this.#acknowledge();
    } else if (this.state === "calling") {
      this.state = "refused";
      if (answer !== undefined && answer.status !== 401 && answer.status !== 407) this.#acknowledgeRefusal(answer);
    }
    return { ...told, callId: this.callId, provisional: this.provisional, media: this.media.remote };
  }

  /** The ACK of a 2xx: a transaction of its own, in the dialog (RFC 3261 13.2.2.4). */
  #acknowledge() {
    const { value } = this.#phone.via();
    this.#phone.wire.send(
      composeMessage(`ACK ${this.#remoteTarget} SIP/2.0`, [
        ["Via", value],
        ["Max-Forwards", "70"],
        ...this.#routeHeaders(),
        ["From", this.#from()],
        ["To", this.#to],
        ["Call-ID", this.callId],
        ["CSeq", `${this.#invite?.cseq ?? 0} ACK`],
      ]),
    );
  }

  /** The ACK of a refusal: the INVITE's own branch (RFC 3261 17.1.1.3). @param {import("./sip-text.mjs").Message} answer */
  #acknowledgeRefusal(answer) {
    if (this.#invite === undefined) return;
    this.#phone.wire.send(
      composeMessage(`ACK ${this.#target} SIP/2.0`, [
        ["Via", this.#invite.via],
        ["Max-Forwards", "70"],
        ["From", this.#from()],
        ["To", answer.header("to")],
        ["Call-ID", this.callId],
        ["CSeq", `${this.#invite.cseq} ACK`],
      ]),
    );
  }

  /** @returns {[string, string][]} */
  #routeHeaders() {
    return this.#routes.map((route) => ["Route", route]);
  }

  /** Ends the call. */
  async hangUp() {
    const startedMs = Date.now();
    const answer = await this.#phone.send({
      method: "BYE",
      uri: this.#remoteTarget,
      from: this.#from(),
      to: this.#to,
      callId: this.callId,
      extra: this.#routeHeaders(),
    });
    this.state = "ended";
    this.close();
    return { status: answer?.status ?? 0, elapsedMs: Date.now() - startedMs };
  }

  /** Gives up a call that still rings (RFC 3261 9.1: the INVITE's branch and CSeq number). */
  async cancel() {
    if (this.#invite === undefined) return { status: 0 };
    const { branch, cseq, via } = this.#invite;
    const bytes = composeMessage(`CANCEL ${this.#target} SIP/2.0`, [
      ["Via", via],
      ["Max-Forwards", "70"],
      ["From", this.#from()],
      ["To", `<${this.#target}>`],
      ["Call-ID", this.callId],
      ["CSeq", `${cseq} CANCEL`],
    ]);
    const answer = await this.#phone.transactions.send({ bytes, branch, method: "CANCEL" });
    return { status: answer?.status ?? 0 };
  }

  endByPeer() {
    this.state = "ended";
  }

  close() {
    this.media?.close();
    this.media = undefined;
  }
}
