/** The verdict on an address in one sentence. */
"use client";
import type { BlockWithEvidence, Explanation } from "@sipprot/shared/block-page";
import type { ListEntry } from "@sipprot/shared/lists";
import { useTranslations } from "use-intl";
import { useCountryName } from "../../components/use-country-name.ts";
import { WireText } from "../../components/wire-text.tsx";
import { useMomentText } from "./use-moment-text.ts";
import { useWindowText } from "./use-window-text.ts";

export function VerdictSentence({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const country = useCountryName();
  switch (known.verdict) {
    case "allowed":
      return <EntrySentence entry={known.allow[0]} list="allow" address={known.address} />;
    case "denied":
      return <EntrySentence entry={known.deny[0]} list="deny" address={known.address} />;
    case "blocked":
      return <BlockedSentence known={known} />;
    case "country-refused":
      return t("countryRefused", { country: country(known.place.code) });
    case "account-blocked":
      return <AccountsSentence known={known} />;
    case "judged-by-message":
      return known.blocks.length > 0 ? t("innerBlocks", { count: known.blocks.length }) : t("nothing");
  }
}

function EntrySentence(props: {
  readonly entry: ListEntry | undefined;
  readonly list: "allow" | "deny";
  readonly address: string;
}) {
  const { entry, list, address } = props;
  const t = useTranslations("why");
  const moment = useMomentText();
  const until = entry?.expiresAtSeconds === undefined ? "" : moment(entry.expiresAtSeconds * 1000);
  const ends = until === "" ? "never" : "later";
  const facts = { ends, until, network: entry?.network ?? "", own: entry?.network === address ? "yes" : "no" };
  return list === "allow" ? t("allowed", facts) : t("denied", facts);
}

/** The block of the whole source that lasts longest. */
function BlockedSentence({ known }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const moment = useMomentText();
  const wholes = known.blocks.filter(({ account, source }) => account === undefined && source === known.source);
  const block = wholes.sort((one, other) => other.untilMs - one.untilMs)[0];
  if (block === undefined) return null;
  return (
    <>
      {t("blockedUntil", { until: moment(block.untilMs) })} <BecauseText reason={block.reason} />
    </>
  );
}

/** "because it …" with the numbers, for a whole address. */
function BecauseText({ reason }: { readonly reason: BlockWithEvidence["reason"] }) {
  const t = useTranslations("why");
  const within = useWindowText();
  switch (reason.gate) {
    case "flood":
      return t("becauseFlood", { rate: reason.messagesPerSecond });
    case "scanner":
      return t.rich("becauseScanner", { agent: () => <WireText text={reason.agent} /> });
    case "malformed":
      return t("becauseMalformed");
    case "guessing": {
      const numbers = { seen: reason.seen, window: within(reason.windowSeconds) };
      const account = () => <WireText text={reason.account ?? ""} />;
      switch (reason.kind) {
        case "enumeration":
          return t("becauseEnumeration", numbers);
        case "toll-fraud":
          return t("becauseTollFraud", numbers);
        case "shared-account":
          return t.rich("becauseSharedAccount", { ...numbers, account });
        default:
          return reason.account === undefined
            ? t("becausePasswords", numbers)
            : t.rich("becausePasswordsOf", { ...numbers, account });
      }
    }
    default:
      return t("becauseOther");
  }
}

function AccountsSentence({ known: { accounts } }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const moment = useMomentText();
  const first = accounts[0];
  if (first === undefined) return null;
  const until = moment(Math.max(...accounts.map(({ untilMs }) => untilMs)));
  return t.rich("accountBlocked", {
    until,
    count: accounts.length,
    account: () => <WireText text={first.account} />,
  });
}
