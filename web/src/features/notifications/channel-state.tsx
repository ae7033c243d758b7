/** How a channel is: whether the last message got through, what the other side said, and when the next try is. */
"use client";
import type { ChannelHealth } from "@sipprot/shared/notification";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import CircleMinus from "lucide-react/icons/circle-minus";
import CircleX from "lucide-react/icons/circle-x";
import { useTranslations } from "use-intl";
import { StatusBadge } from "../../components/status-badge.tsx";
import { TimeAgo } from "../../components/time-ago.tsx";
import { TimeLeft } from "../../components/time-left.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./notifications.module.css";

export function ChannelState({ health }: { readonly health: ChannelHealth }) {
  const t = useTranslations("notifications");
  const { channel, state, detail, lastSentAtMs, nextTryAtMs } = health;
  const looks = {
    off: { icon: CircleMinus, color: "gray", label: t("stateOff") },
    unused: { icon: CircleDashed, color: "gray", label: t("stateUnused") },
    ok: { icon: CircleCheck, color: "green", label: t("stateOk") },
    failed: { icon: CircleX, color: "red", label: t("stateFailed") },
  } as const;
  return (
    <div className={styles.health} data-health={channel} data-state={state}>
      <StatusBadge {...looks[state]} />
      {lastSentAtMs !== undefined && (
        <span>
          {t("lastSent")} <TimeAgo atMs={lastSentAtMs} />
        </span>
      )}
      {state === "failed" && nextTryAtMs !== undefined && (
        <span>
          {t("nextTry")} <TimeLeft untilMs={nextTryAtMs} />
        </span>
      )}
      {detail !== "" && (
        <span>
          {t("itSaid")} <WireText text={detail} />
        </span>
      )}
    </div>
  );
}
