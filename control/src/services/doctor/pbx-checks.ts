/** Doctor: does the PBX answer a SIP request. */
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { isIPv6 } from "@sipprot/shared/address";
import type { BootSettings, HostPort } from "@sipprot/shared/boot-settings";
import type { ProxyHealth } from "../proxy-health.ts";
import { type Diagnosis, ok, problem, skipped, warning } from "./diagnosis.ts";

/** RFC 3261 retransmits after 500 ms; three tries are enough on the way to a PBX next door. */
const TRIES = 3;
const TRY_MS = 500;

/** Asks the PBX behind the relay, or each protected endpoint, with OPTIONS over UDP; any final answer will do. */
export async function checkPbx(boot: BootSettings, health: ProxyHealth | undefined): Promise<Diagnosis[]> {
  const targets = health?.path === "transparent" ? health.endpoints.map(parseEndpoint) : [boot.pbx];
  if (health === undefined && boot.mode !== "relay") {
    return [skipped("PBX", "which endpoints are protected is known while the proxy runs")];
  }
  const seen = health?.parts.find((part) => part.part === "pbx");
  return Promise.all(
    targets.map(async (target) => {
      const name = `PBX ${formatTarget(target)}`;
      const answer = await askOptions(target);
      if (answer !== undefined) return ok(name, `answers: ${answer}`);
      const silence = `no answer to OPTIONS over UDP within ${(TRIES * TRY_MS) / 1000} s`;
      // A PBX may leave requests of its own host unanswered; what it does with the phones' is for the proxy to say.
      if (seen?.state === "ok" && health?.path === "transparent") {
        return warning(name, `${silence}; the proxy says: ${seen.detail}`, "look whether the phones are registered");
      }
      return problem(name, silence, "look whether the PBX runs and listens on this address and port");
    }),
  );
}

/** Sends OPTIONS until an answer comes; gives its status line, or undefined. */
export async function askOptions(target: HostPort): Promise<string | undefined> {
  const socket = createSocket(isIPv6(target.address) ? "udp6" : "udp4");
  const branch = `z9hG4bK${randomBytes(8).toString("hex")}`;
  try {
    return await new Promise<string | undefined>((resolve) => {
      let left = TRIES;
      let timer: NodeJS.Timeout | undefined;
      const finish = (answer: string | undefined) => {
        clearTimeout(timer);
        resolve(answer);
      };
      socket.on("error", () => finish(undefined));
      socket.on("message", (bytes) => {
        const text = bytes.toString("latin1");
        if (text.startsWith("SIP/2.0 ") && text.includes(branch)) finish(text.slice(8, 80).split("\r\n", 1)[0]);
      });
      socket.connect(target.port, target.address, () => {
        const local = socket.address();
        const request = Buffer.from(writeOptions(target, { address: local.address, port: local.port }, branch));
        const attempt = () => {
          if (left === 0) return finish(undefined);
          left -= 1;
          socket.send(request, () => {});
          timer = setTimeout(attempt, TRY_MS);
        };
        attempt();
      });
    });
  } finally {
    socket.close();
  }
}

function writeOptions(target: HostPort, local: HostPort, branch: string): string {
  const id = randomBytes(8).toString("hex");
  return [
    `OPTIONS sip:${formatTarget(target)} SIP/2.0`,
    `Via: SIP/2.0/UDP ${formatTarget(local)};branch=${branch};rport`,
    "Max-Forwards: 70",
    `From: <sip:doctor@${formatTarget(local)}>;tag=${id}`,
    `To: <sip:${formatTarget(target)}>`,
    `Call-ID: ${id}`,
    "CSeq: 1 OPTIONS",
    `Contact: <sip:doctor@${formatTarget(local)}>`,
    "User-Agent: sipprot doctor",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

/** Reads an endpoint as the gate tells it: `203.0.113.10:5060`, `[2001:db8::10]:5060`. */
export function parseEndpoint(endpoint: string): HostPort {
  const colon = endpoint.lastIndexOf(":");
  return { address: endpoint.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(endpoint.slice(colon + 1)) };
}

function formatTarget({ address, port }: HostPort): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
