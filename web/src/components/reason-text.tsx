/** Why a message was refused, in one sentence with its numbers. */
"use client";
import type { Reason } from "@sipprot/shared/reason";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Translate } from "../i18n/translate.ts";
import { useCountryName } from "./use-country-name.ts";
import { useGateNames } from "./use-gate-name.ts";
import { WireText } from "./wire-text.tsx";

export function ReasonText({ reason }: { readonly reason: Reason }) {
  const t = useTranslations("terms");
  const format = useFormatter();
  const country = useCountryName();
  const gates = useGateNames();
  switch (reason.gate) {
    case "denied":
      return t("reasonDenied", { network: reason.network });
    case "blocked":
      return t("reasonBlocked", {
        because: gates[reason.because],
        until: format.dateTime(new Date(reason.untilMs), { dateStyle: "medium", timeStyle: "medium" }),
      });
    case "country":
      return reason.mode === "deny"
        ? t("reasonCountryDenied", { country: country(reason.country) })
        : t("reasonCountryNotAllowed", { country: country(reason.country) });
    case "flood":
      if (reason.of === "strangers") return t("reasonStrangers", { rate: reason.messagesPerSecond });
      return t("reasonFlood", { rate: reason.messagesPerSecond, burst: reason.burstMessages });
    case "malformed":
      return t("reasonMalformed", { flaw: reason.flaw });
    case "scanner":
      return t.rich("reasonScanner", {
        agent: () => <WireText text={reason.agent} />,
        pattern: () => <WireText text={reason.pattern} />,
      });
    case "guessing":
      return guessingText(reason, t);
  }
}

function guessingText(reason: Extract<Reason, { gate: "guessing" }>, t: Translate<"terms">): ReactNode {
  const numbers = { seen: reason.seen, limit: reason.limit, seconds: reason.windowSeconds };
  const account = () => (reason.account === undefined ? null : <WireText text={reason.account} />);
  switch (reason.kind) {
    case "credit":
      // Each failure is told, and the first are not too many yet.
      return reason.seen < reason.limit ? t("reasonCreditSoFar", numbers) : t("reasonCredit", numbers);
    case "account":
      return t.rich("reasonAccount", { ...numbers, account });
    case "shared-account":
      return t.rich("reasonSharedAccount", { ...numbers, account });
    case "enumeration":
      return t("reasonEnumeration", numbers);
    case "toll-fraud":
      return t("reasonTollFraud", numbers);
  }
}
