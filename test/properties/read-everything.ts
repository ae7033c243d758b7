/** All that a reader has to say of its message, as one object. */
import type { MessageReader } from "../../proxy/src/sip/reader.ts";
import { decrementMaxForwards, markReceived, popRoute, popVia, readTopRoute } from "../../proxy/src/sip/rewrites.ts";

/** Calls everything a reader offers and checks that each text keeps its bound. */
export function readEverything(message: MessageReader): Record<string, unknown> {
  const all = {
    flaw: message.flaw,
    isRequest: message.isRequest,
    method: message.method,
    status: message.status,
    requestUri: message.requestUri,
    requestUser: message.requestUser,
    requestHost: message.requestHost,
    branch: message.branch,
    callId: message.callId,
    cseq: message.cseq,
    cseqMethod: message.cseqMethod,
    fromUser: message.fromUser,
    fromHost: message.fromHost,
    fromTag: message.fromTag,
    fromDisplay: message.fromDisplay,
    toUser: message.toUser,
    toHost: message.toHost,
    toTag: message.toTag,
    toDisplay: message.toDisplay,
    agent: message.agent,
    maxForwards: message.maxForwards,
    contentLength: message.contentLength,
    expiresSeconds: message.expiresSeconds,
    credentials: [...message.credentials],
    challenges: [...message.challenges],
    edits: [
      popVia(message),
      popRoute(message),
      markReceived(message, "192.0.2.1", 5060),
      decrementMaxForwards(message),
    ],
    route: readTopRoute(message)?.uri.port,
  };
  const texts = [...Object.values(all), ...all.credentials.flatMap((one) => Object.values(one))];
  for (const text of texts) if (typeof text === "string" && text.length > 256) throw new Error("a text is too long");
  return all;
}
