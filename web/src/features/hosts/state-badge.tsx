/** How a part or a program is: a sign, a word, a colour. */
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleMinus from "lucide-react/icons/circle-minus";
import CircleX from "lucide-react/icons/circle-x";
import Loader from "lucide-react/icons/loader";
import { useTranslations } from "use-intl";
import styles from "../../components/badge.module.css";

export type ShownState = "ok" | "off" | "degraded" | "failed" | "silent" | "starting" | "stopped";

export function StateBadge({
  state,
  label,
}: {
  readonly state: ShownState /** Instead of the state's own word. */;
  readonly label?: string;
}) {
  const t = useTranslations("hosts");
  const looks = {
    ok: { icon: CircleCheck, color: "green", word: t("stateOk") },
    off: { icon: CircleMinus, color: "gray", word: t("stateOff") },
    degraded: { icon: CircleAlert, color: "orange", word: t("stateDegraded") },
    failed: { icon: CircleX, color: "red", word: t("stateFailed") },
    silent: { icon: CircleX, color: "red", word: t("stateSilent") },
    starting: { icon: Loader, color: "orange", word: t("stateStarting") },
    stopped: { icon: CircleMinus, color: "red", word: t("stateStopped") },
  } as const;
  const { icon: Icon, color, word } = looks[state];
  return (
    <span
      className={styles.badge}
      data-state={state}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-text)` }}
    >
      <Icon size={14} aria-hidden />
      {label ?? word}
    </span>
  );
}
