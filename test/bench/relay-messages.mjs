/** The messages of the relay benchmarks: a REGISTER with credentials of about 700 bytes, and the answer to it. */

const kept = /^(via|from|to|call-id|cseq|contact):/i;
const NUMBER = "@@@@@@@@";

/** A REGISTER of a source, with credentials unless it is told not to be signed; `number` makes it another transaction. */
export function register(index, address, port, isSigned = true) {
  const user = 1_000 + index;
  const bytes = Buffer.from(
    [
      "REGISTER sip:pbx.example.com SIP/2.0",
      `Via: SIP/2.0/UDP ${address}:${port};rport;branch=z9hG4bK-${index}-${NUMBER}`,
      "Max-Forwards: 70",
      `From: "Phone ${user}" <sip:${user}@pbx.example.com>;tag=5f2c1d${index}`,
      `To: <sip:${user}@pbx.example.com>`,
      `Call-ID: 8d3b2c7a-${index}-${NUMBER}`,
      "CSeq: 2 REGISTER",
      `Contact: <sip:${user}@${address}:${port};transport=udp>;+sip.instance="<urn:uuid:0000-${user}>";expires=3600`,
      ...(isSigned ? [authorization(user)] : []),
      "User-Agent: Example Phone 1.2.3",
      "Supported: path",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n"),
    "latin1",
  );
  const marks = ["branch=z9hG4bK-", "Call-ID: "].map((mark) => bytes.indexOf(NUMBER, bytes.indexOf(mark)));
  return {
    bytes,
    number: (sequence) => {
      const text = sequence.toString().padStart(NUMBER.length, "0");
      for (const mark of marks) bytes.write(text, mark, "latin1");
    },
  };
}

function authorization(user) {
  return `Authorization: Digest username="${user}", realm="asterisk", nonce="1700000000/5f2c1dd2a7c64b6e8d3b2c7a5f2c1dd2", uri="sip:pbx.example.com", response="0123456789abcdef0123456789abcdef", algorithm=MD5, cnonce="0a4f113b", qop=auth, nc=00000001`;
}

/** 200 with the fields that belong to it. */
export function answerTo(request) {
  const lines = request
    .toString("latin1")
    .split("\r\n")
    .filter((line) => kept.test(line));
  const text = `SIP/2.0 200 OK\r\n${lines.join("\r\n")}\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n`;
  return Buffer.from(text, "latin1");
}
