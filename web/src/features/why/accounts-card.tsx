/** One bad phone: which accounts are refused at the address, what their phones call themselves, and what to do there. */
"use client";
import type { Explanation } from "@sipprot/shared/block-page";
import PhoneOff from "lucide-react/icons/phone-off";
import UserX from "lucide-react/icons/user-x";
import { useTranslations } from "use-intl";
import { SectionCard } from "../../components/section-card.tsx";
import { WireText } from "../../components/wire-text.tsx";
import classes from "./accounts-card.module.css";
import { useMomentText } from "./use-moment-text.ts";

export function AccountsCard({ known: { accounts } }: { readonly known: Explanation }) {
  const t = useTranslations("why");
  const moment = useMomentText();
  if (accounts.length === 0) return null;
  return (
    <SectionCard title={t("accounts")} note={t("accountsNote")}>
      <ul className={classes.accounts}>
        {accounts.map(({ account, agent, untilMs, isStuckPhone }) => {
          const Icon = isStuckPhone ? PhoneOff : UserX;
          const words = {
            until: moment(untilMs),
            account: () => <WireText text={account} />,
            agent: () => <WireText text={agent} />,
          };
          return (
            <li key={account} className={classes.account} data-account={account} data-stuck={isStuckPhone}>
              <Icon size={18} aria-hidden />
              <span data-tell>{isStuckPhone ? t.rich("stuckPhone", words) : t.rich("failingAccount", words)}</span>
            </li>
          );
        })}
      </ul>
    </SectionCard>
  );
}
