/** What the PBX asks of a phone: calls are answered, pings and notifications get their 200, repeats the same answer. */
import { Media } from "./media.mjs";
import { branchOf, composeAnswer, randomToken } from "./sip-text.mjs";

/** Answers remembered for repeated requests. */
const MAX_ANSWERS = 500;

export class IncomingCalls {
  /** @type {Map<string, { media: Media, toTag: string, state: "ringing" | "answered" | "confirmed" | "ended", endedBy: string }>} */
  calls = new Map();
  /** @type {Map<string, Buffer>} */
  #answers = new Map();
  #phone;

  /** @param {import("./phone.mjs").Phone} phone */
  constructor(phone) {
    this.#phone = phone;
  }

  /** @param {import("./sip-text.mjs").Message} request */
  take(request) {
    const key = `${branchOf(request)} ${request.method}`;
    const known = this.#answers.get(key);
    if (known !== undefined) {
      this.#phone.wire.send(known);
      return;
    }
    const callId = request.header("call-id");
    const call = this.calls.get(callId);
    switch (request.method) {
      case "ACK":
        if (call?.state === "answered") call.state = "confirmed";
        return;
      case "INVITE":
        if (call === undefined) void this.#ring(request, key);
        else
          this.#answer(request, key, "200 OK", {
            toTag: call.toTag,
            contact: this.#phone.contact(),
            body: call.media.description(),
          });
        return;
      case "BYE":
        if (call !== undefined) Object.assign(call, { state: "ended", endedBy: "pbx" });
        this.#answer(
          request,
          key,
          call === undefined && !this.#phone.calls.has(callId) ? "481 Call Does Not Exist" : "200 OK",
          {},
        );
        this.#phone.calls.get(callId)?.endByPeer();
        return;
      default:
        this.#answer(request, key, "200 OK", { toTag: randomToken(4), contact: this.#phone.contact() });
    }
  }

  /** @param {import("./sip-text.mjs").Message} invite @param {string} key */
  async #ring(invite, key) {
    if (!this.#phone.options.answers) {
      this.#answer(invite, key, "486 Busy Here", { toTag: randomToken(4) });
      return;
    }
    const toTag = randomToken(4);
    this.#phone.wire.send(composeAnswer(invite, "180 Ringing", { toTag, contact: this.#phone.contact() }));
    const media = await Media.open(this.#phone.options.address, this.#phone.options.echoes);
    media.aim(invite.body);
    this.calls.set(invite.header("call-id"), { media, toTag, state: "answered", endedBy: "" });
    this.#answer(invite, key, "200 OK", { toTag, contact: this.#phone.contact(), body: media.description() });
  }

  /**
   * @param {import("./sip-text.mjs").Message} request @param {string} key @param {string} statusLine
   * @param {Parameters<typeof composeAnswer>[2]} more
   */
  #answer(request, key, statusLine, more) {
    const bytes = composeAnswer(request, statusLine, more);
    if (this.#answers.size >= MAX_ANSWERS) this.#answers.delete(this.#answers.keys().next().value ?? "");
    this.#answers.set(key, bytes);
    this.#phone.wire.send(bytes);
  }

  close() {
    for (const call of this.calls.values()) call.media.close();
  }
}
