import { describe, expect, it } from "vitest";
import { isFailure, parseSecurityLog } from "./asterisk.ts";
import { mirrorIn } from "./asterisk-chroot.ts";

const line = (event: string, remote: string) =>
  `[Nov 22 18:00:00] SECURITY[42] res_security_log.c: SecurityEvent="${event}",EventTV="2026-11-22T18:00:00.250+0000",Severity="Error",Service="PJSIP",` +
  `AccountID="1001",SessionID="x",LocalAddress="IPV4/UDP/203.0.113.10/5060",RemoteAddress="${remote}",Challenge=""`;

describe("Asterisk's security log", () => {
  it("tells event, account and the sender's own address", () => {
    expect(parseSecurityLog(`noise\n${line("ChallengeResponseFailed", "IPV4/UDP/192.0.2.7/5062")}\n`)).toEqual([
      {
        event: "ChallengeResponseFailed",
        atMs: Date.UTC(2026, 10, 22, 18, 0, 0, 250),
        account: "1001",
        address: "192.0.2.7",
        port: 5062,
        transport: "UDP",
      },
    ]);
    expect(parseSecurityLog(line("SuccessfulAuth", "IPV6/TCP/2001:db8::7/5062"))[0]).toMatchObject({
      address: "2001:db8::7",
      transport: "TCP",
    });
  });

  it("counts a wrong password as one failure, a challenge and a success as none", () => {
    const events = ["ChallengeSent", "InvalidAccountID", "ChallengeResponseFailed", "SuccessfulAuth"];
    const log = parseSecurityLog(events.map((event) => line(event, "IPV4/UDP/192.0.2.7/5062")).join("\n"));
    expect(log.filter(isFailure)).toHaveLength(1);
  });
});

describe("the mirror", () => {
  it.each([
    ["deb http://mirror.example/debian bookworm main\n", "http://mirror.example/debian"],
    [
      "# deb http://old.example/debian x main\ndeb [signed-by=/k] https://mirror.example/debian/ bookworm main\n",
      "https://mirror.example/debian",
    ],
    ["Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n", "http://mirror.example/debian"],
    ["Types: deb\nURIs: http://mirror.example/debian-security\nSuites: bookworm-security\n", undefined],
    ["deb https://packages.example/node nodistro main\n", undefined],
  ])("of %j is %s", (text, mirror) => {
    expect(mirrorIn(text)).toBe(mirror);
  });
});
