/** What an installation has after some weeks: entries on the lists, a feed, colleagues, a token, channels. Written by the procedures, as people do. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "../lab/until.ts";
import type { Stack } from "./stack.ts";

const FETCHED_WITHIN_MS = 20_000;

const allowed = [
  ["198.51.100.0/24", "Office Lyon"],
  ["203.0.113.200", "Trunk of the provider"],
  ["2001:db8:2::/64", "Office Lyon, IPv6"],
  ["192.0.2.129", "Home of the receptionist"],
] as const;
const denied = [
  ["192.0.2.32/28", "Guessed for weeks, never a customer"],
  ["2001:db8:bad:5::/64", "Scans every night"],
  ["192.0.2.200", "Complaint of 12 November"],
] as const;
const feedText = "; addresses that guess passwords\n192.0.2.224/29\n192.0.2.66\n2001:db8:bad:66::/64\n";

export interface Furniture {
  readonly remove: () => Promise<void>;
}

/** Furnishes; resolves when the feed's networks are on the denylist. The web server of the feed runs until `remove`. */
export async function furnish({ api }: Stack): Promise<Furniture> {
  const server = createServer((_, response) => void response.end(feedText));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const [network, note] of allowed) await api.lists.add.mutate({ list: "allow", networks: [network], note });
  for (const [network, note] of denied) await api.lists.add.mutate({ list: "deny", networks: [network], note });
  await api.feeds.put.mutate({ id: "guessers", name: "Guessers", url: `http://127.0.0.1:${port}/guessers.txt` });
  await api.feeds.fetchNow.mutate({ id: "guessers" });
  const isFetched = async () => (await api.feeds.list.query())[0]?.status.state === "ok";
  await until(isFetched, FETCHED_WITHIN_MS, "the feed's networks on the denylist");
  await api.users.add.mutate({ name: "marie", role: "operator" });
  await api.users.add.mutate({ name: "reception", role: "viewer" });
  await api.tokens.create.mutate({ name: "PBXware", role: "operator", expiresAtMs: Date.now() + 90 * 86_400_000 });
  await api.notifications.change.mutate({
    settings: {
      recipients: ["administrator@example.com"],
      smtp: { host: "mail.example.com", port: 587, security: "starttls", user: "", from: "sipprot@example.com" },
      dailySummaryOn: true,
      attackMessagesOn: true,
      timeZone: "Europe/Paris",
    },
  });
  return { remove: () => new Promise((resolve) => server.close(() => resolve())) };
}
