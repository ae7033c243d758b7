/** A phone in a few lines: one address of the loopback, one user agent, requests over UDP and what comes back. */
import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Longer than a gate that answers needs; what is refused is not answered at all. */
const ANSWER_WITHIN_MS = 1500;

export interface SipPhone {
  readonly address: string;
  readonly agent: string;
  /** Where requests go, on 127.0.0.1. */
  readonly port: number;
}

/** Sends one OPTIONS; the status of the final answer, or undefined when none came. */
export async function askOptionsAs(phone: SipPhone): Promise<number | undefined> {
  return (await exchange(phone, write(phone, "OPTIONS", "ping", 1)))?.status;
}

/** Registers an account with a password, as phones do: a first request without credentials, then with. The last status. */
export async function registerAs(phone: SipPhone, account: string, password: string): Promise<number | undefined> {
  const challenge = await exchange(phone, write(phone, "REGISTER", account, 1));
  const nonce = /nonce="([^"]+)"/.exec(challenge?.text ?? "")?.[1];
  if (nonce === undefined) return challenge?.status;
  const uri = `sip:127.0.0.1:${phone.port}`;
  const secret = md5(`${account}:pbx:${password}`);
  const response = md5(`${secret}:${nonce}:${md5(`REGISTER:${uri}`)}`);
  const credentials = `Authorization: Digest username="${account}", realm="pbx", nonce="${nonce}", uri="${uri}", response="${response}"`;
  return (await exchange(phone, write(phone, "REGISTER", account, 2, credentials)))?.status;
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function write({ agent, port }: SipPhone, method: string, user: string, cseq: number, more?: string) {
  const id = randomBytes(6).toString("hex");
  return (from: string) =>
    [
      `${method} sip:127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${from};rport;branch=z9hG4bK${id}`,
      "Max-Forwards: 70",
      `From: <sip:${user}@127.0.0.1>;tag=${id}`,
      `To: <sip:${user}@127.0.0.1>`,
      `Call-ID: ${id}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${user}@${from}>`,
      `User-Agent: ${agent}`,
      ...(more === undefined ? [] : [more]),
      "Expires: 600",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n");
}

async function exchange({ address, port }: SipPhone, makeText: (from: string) => string) {
  const socket = createSocket("udp4");
  try {
    socket.bind(0, address);
    await once(socket, "listening");
    const answers: string[] = [];
    socket.on("message", (bytes) => answers.push(bytes.toString("latin1")));
    socket.send(makeText(`${address}:${socket.address().port}`), port, "127.0.0.1");
    const endAtMs = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < endAtMs) {
      const final = answers.find((text) => !text.startsWith("SIP/2.0 1"));
      if (final !== undefined) return { status: Number(final.slice(8, 11)), text: final };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return undefined;
  } finally {
    socket.close();
  }
}
