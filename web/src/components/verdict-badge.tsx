/** What was, or would be, done with a message or a source: a sign, a word, a colour. */
"use client";
import Ban from "lucide-react/icons/ban";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import Eye from "lucide-react/icons/eye";
import Globe from "lucide-react/icons/globe";
import KeyRound from "lucide-react/icons/key-round";
import ListX from "lucide-react/icons/list-x";
import LockOpen from "lucide-react/icons/lock-open";
import PhoneOff from "lucide-react/icons/phone-off";
import ShieldX from "lucide-react/icons/shield-x";
import TimerReset from "lucide-react/icons/timer-reset";
import UserX from "lucide-react/icons/user-x";
import classes from "./badge.module.css";
import { useVerdictNames } from "./use-verdict-name.ts";
import type { Verdict } from "./verdict.ts";

type Meaning = "red" | "orange" | "green" | "gray";

const looks: Record<Verdict, { readonly icon: typeof Ban; readonly color: Meaning }> = {
  refused: { icon: ShieldX, color: "red" },
  "would-refuse": { icon: Eye, color: "orange" },
  "block-began": { icon: Ban, color: "red" },
  "block-extended": { icon: TimerReset, color: "red" },
  "block-ended": { icon: LockOpen, color: "gray" },
  "denied-for-good": { icon: ListX, color: "red" },
  "sign-in-failed": { icon: KeyRound, color: "orange" },
  "stuck-phone": { icon: PhoneOff, color: "orange" },
  passed: { icon: CircleCheck, color: "green" },
  allowed: { icon: CircleCheck, color: "green" },
  denied: { icon: ListX, color: "red" },
  blocked: { icon: Ban, color: "red" },
  "country-refused": { icon: Globe, color: "red" },
  "account-blocked": { icon: UserX, color: "orange" },
  "judged-by-message": { icon: CircleDashed, color: "gray" },
};

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const names = useVerdictNames();
  const { icon: Icon, color } = looks[verdict];
  return (
    <span
      className={classes.badge}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-text)` }}
    >
      <Icon size={13} aria-hidden />
      {names[verdict]}
    </span>
  );
}
