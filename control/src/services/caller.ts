/** Who gives a command at this machine, and which addresses that makes untouchable for the denylist. */
import { networkInterfaces, userInfo } from "node:os";
import { parseAddress } from "@sipprot/shared/address";
import type { BootSettings } from "@sipprot/shared/boot-settings";
import type { GuardedNetwork } from "@sipprot/shared/store/deny-guard";

/** Name for the audit trail, such as `root (cli)`. */
export function nameCaller(environment: Readonly<Record<string, string | undefined>>): string {
  // Under sudo the person is named, not root.
  const { SUDO_USER: name = userName() } = environment;
  return `${name.slice(0, 190)} (cli)`;
}

/** The addresses of this host, of the PBX, and the one the operator is signed in from. */
export function findGuardedNetworks(
  boot: BootSettings,
  environment: Readonly<Record<string, string | undefined>>,
  localAddresses: readonly string[] = listLocalAddresses(),
): GuardedNetwork[] {
  const guarded: GuardedNetwork[] = [];
  for (const network of localAddresses) guarded.push({ network, what: "an address of this host", kind: "host" });
  for (const { address } of boot.protect)
    guarded.push({ network: address, what: "an address of the PBX", kind: "pbx" });
  guarded.push({ network: boot.pbx.address, what: "an address of the PBX", kind: "pbx" });
  const signedInFrom = signedInAddress(environment);
  if (signedInFrom !== undefined) {
    guarded.push({ network: signedInFrom, what: "the address you are signed in from", kind: "caller" });
  }
  return guarded;
}

/** The address an operator is signed in from by SSH; undefined at the machine itself. */
export function signedInAddress(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { SSH_CONNECTION: connection = "" } = environment;
  return parseAddress(connection.split(" ")[0] ?? "");
}

/** Every address of this host, loopback too. */
export function listLocalAddresses(): string[] {
  const addresses: string[] = [];
  for (const list of Object.values(networkInterfaces())) {
    for (const { address } of list ?? []) {
      const canonical = parseAddress(address);
      if (canonical !== undefined) addresses.push(canonical);
    }
  }
  return addresses;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
