/** SIP messages for the policy's tests: what a reader would say of them, without bytes to read. */
import type { Challenge, Credentials, SipMessage } from "@sipprot/proxy/sip/message";

const nothing = Buffer.alloc(0);

/** A message that says nothing but what is given. */
export function aMessage(parts: Partial<SipMessage>): SipMessage {
  return {
    flaw: undefined,
    bytes: nothing,
    end: 0,
    isRequest: true,
    method: "",
    status: 0,
    requestUri: "sip:pbx.example.net",
    requestUser: "",
    branch: "",
    callId: "",
    cseq: 1,
    cseqMethod: parts.method ?? "",
    fromUser: "",
    fromHost: "pbx.example.net",
    fromTag: "from-tag",
    fromDisplay: "",
    toUser: "",
    toHost: "pbx.example.net",
    toTag: "",
    toDisplay: "",
    agent: "phone/1.0",
    credentials: [],
    challenges: [],
    ...parts,
  };
}

/** Credentials; the stand-in PBX reads the password itself in place of the digest. */
export function withPassword(username: string, password: string, nonce: string): readonly Credentials[] {
  return [{ username, realm: "pbx", nonce, response: password }];
}

let made = 0;

/** A request with a transaction of its own. */
export function aRequest(method: string, from: string, to: string, parts: Partial<SipMessage> = {}): SipMessage {
  made += 1;
  return aMessage({
    method,
    fromUser: from,
    toUser: to,
    requestUser: to,
    branch: `z9hG4bK-${made}`,
    callId: `call-${made}@example.net`,
    ...parts,
  });
}

export function aRegister(account: string, parts: Partial<SipMessage> = {}): SipMessage {
  return aRequest("REGISTER", account, account, parts);
}

/** The answer to a request, as it goes back to who sent that. */
export function anAnswer(request: SipMessage, status: number, challenges: readonly Challenge[] = []): SipMessage {
  return aMessage({
    isRequest: false,
    method: "",
    status,
    branch: request.branch,
    callId: request.callId,
    cseq: request.cseq,
    cseqMethod: request.method,
    fromUser: request.fromUser,
    fromTag: request.fromTag,
    toUser: request.toUser,
    toTag: request.toTag === "" ? `pbx-${request.branch}` : request.toTag,
    agent: "Stand-in PBX",
    challenges,
  });
}
