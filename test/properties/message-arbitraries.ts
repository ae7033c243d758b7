/** Messages made from the grammar of RFC 3261, written in all the ways it allows, with what a reader must take out. */
import fc from "fast-check";

/** The fields a message was made from. */
export interface Wanted {
  readonly method: string;
  readonly status: number;
  readonly branch: string;
  readonly callId: string;
  readonly cseq: number;
  readonly fromDisplay: string;
  readonly fromUser: string;
  readonly fromHost: string;
  readonly fromTag: string;
  readonly toUser: string;
  readonly toHost: string;
  readonly toTag: string;
  readonly agent: string;
  readonly credentials: readonly { username: string; realm: string; nonce: string; response: string }[];
}

export interface MadeMessage {
  readonly text: string;
  readonly wanted: Wanted;
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const textOf = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

const token = textOf(`${letters}-.!%*_+'~`, 1, 20);
const user = textOf(`${letters}-_.!~*'()&=+$,;?/`, 1, 16);
const method = fc.constantFrom("REGISTER", "INVITE", "OPTIONS", "SUBSCRIBE", "MESSAGE", "FOOBAR");
const host = fc.oneof(
  textOf("abcdefghijklmnopqrstuvwxyz0123456789", 1, 12).map((name) => `a${name}.example.com`),
  fc.integer({ min: 1, max: 254 }).map((last) => `192.0.2.${last}`),
  fc.integer({ min: 1, max: 0xffff }).map((last) => `[2001:db8::${last.toString(16)}]`),
);
const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
/** White space as it may stand around separators: none, spaces, or a fold. */
const space = fc.constantFrom("", " ", "\t", "  ", "\r\n ", " \r\n\t");
const quotedText = textOf(`${letters} ,;:<>@=()`, 0, 20);

/** A name in any case or, where there is one, its compact form. */
function headerName(long: string, compact?: string): fc.Arbitrary<string> {
  const forms = [
    long,
    long.toLowerCase(),
    long.toUpperCase(),
    ...(compact === undefined ? [] : [compact, compact.toUpperCase()]),
  ];
  return fc
    .tuple(fc.constantFrom(...forms), fc.constantFrom("", " ", "\t "), space)
    .map(([name, gap, behind]) => `${name}${gap}:${behind}`);
}

interface Address {
  readonly text: string;
  readonly display: string;
  readonly user: string;
  readonly host: string;
  readonly tag: string;
}

const address: fc.Arbitrary<Address> = fc
  .record({
    display: fc.option(quotedText, { nil: undefined }),
    isBare: fc.boolean(),
    scheme: fc.constantFrom("sip", "sips", "SIP"),
    user,
    password: fc.option(textOf(letters, 1, 6), { nil: undefined }),
    host,
    port,
    uriParams: fc.array(fc.constantFrom(";transport=tcp", ";lr", ";tag=no", ";user=phone"), { maxLength: 2 }),
    tag: fc.option(token, { nil: undefined }),
    before: fc.array(fc.constantFrom(";x=1", ";flag", ';q="a;tag=b"'), { maxLength: 2 }),
    gap: space,
  })
  .map((part) => {
    const login = part.password === undefined ? part.user : `${part.user}:${part.password}`;
    const place = part.port === undefined ? part.host : `${part.host}:${part.port}`;
    // In a bare addr-spec these characters would end it or begin a parameter (RFC 3261 20).
    const isBare = part.isBare && part.display === undefined && !/[,;?]/.test(part.user);
    const params = [
      ...part.before,
      ...(part.tag === undefined ? [] : [`${part.gap};${part.gap}tag${part.gap}=${part.gap}${part.tag}`]),
    ];
    const uri = `${part.scheme}:${login}@${place}`;
    const named = part.display === undefined ? "" : `"${part.display}"${part.gap}`;
    const text = isBare ? uri : `${named}<${uri}${part.uriParams.join("")}>`;
    return {
      text: text + params.join(""),
      display: part.display ?? "",
      user: part.user,
      host: part.host,
      tag: part.tag ?? "",
    };
  });

const credentials = fc
  .record({
    username: quotedText,
    realm: quotedText,
    nonce: textOf(`${letters}/+=`, 1, 40),
    response: textOf("0123456789abcdef", 32, 32),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
    comma: fc.constantFrom(",", ", ", " ,\r\n "),
    equals: fc.constantFrom("=", " = "),
    scheme: fc.constantFrom("Digest", "digest", "DIGEST"),
  })
  .map((part) => {
    const fields = [
      `username${part.equals}"${part.username}"`,
      `Realm${part.equals}"${part.realm}"`,
      `nonce${part.equals}"${part.nonce}"`,
      `response${part.equals}"${part.response}"`,
    ];
    const text = `${part.scheme} ${["algorithm=MD5", ...part.order.map((at) => fields[at] ?? "")].join(part.comma)},nc=00000001`;
    return { text, wanted: { username: part.username, realm: part.realm, nonce: part.nonce, response: part.response } };
  });

const via = fc
  .record({
    gap: space,
    transport: fc.constantFrom("UDP", "TCP", "TLS"),
    host,
    port,
    branch: token,
    rport: fc.boolean(),
  })
  .map(({ gap, transport, host: place, port: number, branch, rport }) => {
    const sentBy = number === undefined ? place : `${place}${gap === "" ? "" : " "}:${number}`;
    const slash = `${gap}/${gap}`;
    return {
      text: `SIP${slash}2.0${slash}${transport} ${sentBy}${rport ? ";rport" : ""}${gap};${gap}branch=z9hG4bK${branch};x="a,b"`,
      branch: `z9hG4bK${branch}`,
    };
  });

const body = fc.constantFrom("", "v=0\r\n\r\nFrom: <sip:body@example.com>\r\n");

/** A request or response, its headers in any order. */
export const madeMessage: fc.Arbitrary<MadeMessage> = fc
  .record({
    method,
    status: fc.option(fc.integer({ min: 100, max: 699 }), { nil: 0, freq: 3 }),
    requestUser: user,
    host,
    vias: fc.array(via, { minLength: 1, maxLength: 3 }),
    areViasInOneLine: fc.boolean(),
    from: address,
    to: address,
    callId: token,
    cseq: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    agent: textOf(`${letters}/.-`, 1, 20),
    credentials: fc.array(credentials, { maxLength: 1 }),
    names: fc.tuple(
      headerName("Via", "v"),
      headerName("From", "f"),
      headerName("To", "t"),
      headerName("Call-ID", "i"),
      headerName("CSeq"),
      headerName("User-Agent"),
      headerName("Content-Length", "l"),
    ),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
    body,
  })
  .map((part) => {
    const [viaName, fromName, toName, callIdName, cseqName, agentName, lengthName] = part.names;
    const first =
      part.status === 0
        ? `${part.method} sip:${part.requestUser}@${part.host} SIP/2.0`
        : `SIP/2.0 ${part.status} Some reason`;
    const viaTexts = part.vias.map(({ text }) => text);
    const vias = part.areViasInOneLine
      ? [`${viaName}${viaTexts.join(" ,\r\n ")}`]
      : viaTexts.map((text) => `${viaName}${text}`);
    const headers = [
      vias.join("\r\n"),
      `${fromName}${part.from.text}`,
      `${toName}${part.to.text}`,
      `${callIdName}${part.callId}`,
      `${cseqName}${part.cseq} ${part.method}`,
      `${agentName}${part.agent}`,
      `${lengthName}${part.body.length}`,
      "Subject: From: <sip:no@example.com>;tag=no\r\n To: <sip:no@example.com>",
      part.credentials.map(({ text }) => `Authorization: ${text}`).join("\r\n"),
    ];
    const lines = [first, ...part.order.map((at) => headers[at] ?? "").filter((line) => line !== "")];
    return {
      text: `${lines.join("\r\n")}\r\n\r\n${part.body}`,
      wanted: {
        method: part.status === 0 ? part.method : "",
        status: part.status,
        branch: part.vias[0]?.branch ?? "",
        callId: part.callId,
        cseq: part.cseq,
        fromDisplay: part.from.display,
        fromUser: part.from.user,
        fromHost: part.from.host,
        fromTag: part.from.tag,
        toUser: part.to.user,
        toHost: part.to.host,
        toTag: part.to.tag,
        agent: part.agent,
        credentials: part.credentials.map(({ wanted }) => wanted),
      },
    };
  });
