/** The lab for people: everything up, the commands to play with it, and an orderly end at Ctrl-C. */
import { once } from "node:events";
import { passwordOf, relayPbxPort, weakAccount } from "./asterisk-configuration.ts";
import { startGate } from "./gate.ts";
import { startLab } from "./lab.ts";
import { pbxAddress, pbxAddressIPv6, phoneAddress, relayAddress } from "./network.ts";
import { commandOf } from "./sipvicious.ts";

/**
 * Builds the lab, with the gate unless `--open` is among the arguments (`--relay`: in relay mode), and returns after Ctrl-C
 * when all of it is removed again.
 */
export async function runByHand(args: readonly string[]): Promise<void> {
  console.log("lab: network and Asterisk …");
  const mode = args.includes("--relay") ? "relay" : "transparent";
  const lab = await startLab(mode === "relay" ? "behind-relay" : "open");
  const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  try {
    const gate = args.includes("--open")
      ? undefined
      : await startGate(lab.network.pbx, { mode, asNobody: mode === "relay" });
    const { pbx, phones, attackers } = lab.network;
    const server = mode === "relay" ? relayAddress : pbxAddress;
    const gateLines = gate
      ? [
          `The gate stands before it (${mode}, pid ${gate.running().pid}). Its state is in ${gate.stateFolder}.`,
          `  its health:     ip netns exec ${pbx.name} curl -s http://127.0.0.1:8082/health`,
          `  the CLI:        SIPPROT_REDIS_URL=${gate.redis.url} SIPPROT_STATE=${gate.stateFolder} ip netns exec ${pbx.name} node control/dist/cli/main.js status`,
        ]
      : ["Nothing stands before it."];
    console.log(
      [
        "",
        `Asterisk listens on ${mode === "relay" ? `127.0.0.1:${relayPbxPort}` : `${pbxAddress} and ${pbxAddressIPv6}`} in namespace ${pbx.name}.`,
        ...gateLines,
        `  accounts:       1001 (password ${passwordOf("1001")}) to 1010, 3000 to 3299, ${weakAccount.user} with 4 digits; relay mode: 2001 to 2010`,
        "  extensions:     600 echo, 601 hangs up after 1 s, 602 rings, or another account",
        `  its console:    ${lab.asterisk.consoleCommand} "pjsip show contacts"`,
        `  a phone's view: ip netns exec ${phones.name} sipsak -vv -s sip:600@${server}   (sends from ${phoneAddress})`,
        `  an attack:      ip netns exec ${attackers.name} ${commandOf("svcrack")} -u ${weakAccount.user} -r 1000-9999 -z 4 ${server}`,
        `  the wire:       ip netns exec ${pbx.name} tcpdump -ni eth0 port 5060`,
        "",
        "Ctrl-C removes everything.",
      ].join("\n"),
    );
    await ended;
    await gate?.remove();
  } finally {
    await lab.remove();
  }
}
