/** The names and addresses browsers may reach this host by. */
import { hostname, networkInterfaces } from "node:os";
import { parseAddress } from "@sipprot/shared/address";

/** The host's name, `localhost`, and every address that is not link-local; nothing twice. */
export function listOwnNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map((one) => parseAddress(one.address))
    .filter((address): address is string => address !== undefined && !/^(169\.254\.|fe[89ab])/.test(address));
  const name = hostname();
  const names = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name) ? [name.toLowerCase()] : [];
  return [...new Set([...names, "localhost", ...addresses])];
}
