/** `sipprot check IP`: every list an address is on, and why a block was made. */
import type { Block } from "@sipprot/shared/block";
import type { ListEntry, ListName } from "@sipprot/shared/lists";
import { explainReason } from "@sipprot/shared/reason";
import { checkLists, type Findings } from "../../services/lists.ts";
import type { Session } from "../session.ts";
import { formatTime } from "../time.ts";
import { listTitles } from "./list.ts";

export interface CheckOptions {
  /** Also print the messages that led to a block. */
  readonly why?: boolean;
}

export async function checkAddress(session: Session, text: string, options: CheckOptions): Promise<void> {
  const findings = await session.withStore(({ redis, author }) => checkLists(redis, text, author.nowMs));
  session.answer({ ip: findings.canonical, ...describeFindings(findings) }, () => {
    const lines = [
      ...findings.allow.map((entry) => describeEntry(findings.canonical, "allow", entry)),
      ...findings.deny.map((entry) => describeEntry(findings.canonical, "deny", entry)),
      ...findings.blocks.flatMap((block) => describeBlock(findings.canonical, block, options.why === true)),
    ];
    return lines.length > 0 ? lines.join("\n") : `IP address '${findings.canonical}' not found on any list`;
  });
}

function describeFindings({ allow, deny, blocks }: Findings) {
  return { allow, deny, dynamic: blocks.map((block) => ({ ...block, explanation: explainReason(block.reason) })) };
}

function describeEntry(canonical: string, list: ListName, entry: ListEntry): string {
  const through = entry.network === canonical ? "" : ` (as part of ${entry.network})`;
  return `IP address '${canonical}' found in ${listTitles[list]}${through}`;
}

function describeBlock(canonical: string, block: Block, wantsMessages: boolean): string[] {
  const scope = block.account === undefined ? "" : `, account ${JSON.stringify(block.account)} only`;
  const lines = [
    `IP address '${canonical}' found in Dynamic list${scope}`,
    `    why: ${block.gate}: ${explainReason(block.reason)}`,
    `    since ${formatTime(block.sinceMs)}, until ${formatTime(block.untilMs)}, block number ${block.strikes}, ` +
      `${block.refused} messages refused${block.inKernel ? ", dropped by the kernel" : ""}`,
    `    decided by ${block.host} for ${block.endpoint} over ${block.transport}` +
      `${block.agent === "" ? "" : `, user agent ${JSON.stringify(block.agent)}`}`,
  ];
  if (!wantsMessages) return lines;
  for (const { atMs, from, transport, text } of block.evidence) {
    lines.push(`    message from ${from} over ${transport} at ${formatTime(atMs)}:`);
    for (const line of text.split(/\r?\n/)) lines.push(`        ${line}`);
  }
  if (block.evidence.length === 0) lines.push("    no message was kept");
  return lines;
}
