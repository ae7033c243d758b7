/** How a feed stands: a sign, a word, a colour. */
import CircleCheck from "lucide-react/icons/circle-check";
import CirclePause from "lucide-react/icons/circle-pause";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import Download from "lucide-react/icons/download";
import ListChecks from "lucide-react/icons/list-checks";
import LogOut from "lucide-react/icons/log-out";
import { useTranslations } from "use-intl";
import { StatusBadge } from "../../components/status-badge.tsx";
import type { FeedStand } from "./feed-progress.ts";

export function FeedBadge({ stand }: { readonly stand: FeedStand }) {
  const t = useTranslations("feeds");
  const looks = {
    paused: { icon: CirclePause, color: "gray", label: t("standPaused") },
    waiting: { icon: Clock, color: "accent", label: t("standWaiting") },
    fetching: { icon: Download, color: "accent", label: t("standFetching") },
    applying: { icon: ListChecks, color: "accent", label: t("standApplying") },
    leaving: { icon: LogOut, color: "orange", label: t("standLeaving") },
    ok: { icon: CircleCheck, color: "green", label: t("standOk") },
    failed: { icon: CircleX, color: "red", label: t("standFailed") },
  } as const;
  return <StatusBadge {...looks[stand]} />;
}
