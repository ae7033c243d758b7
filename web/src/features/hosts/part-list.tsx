/** The parts of a host: how each is, what that means, since when; the machine's own words for who repairs it. */
import type { HostStatus } from "@sipprot/shared/host";
import { useTranslations } from "use-intl";
import { useTick } from "../../components/ticker.ts";
import { useDurationText } from "../../components/use-duration-text.ts";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./part-list.module.css";
import { StateBadge } from "./state-badge.tsx";
import { usePartNames, usePartSentences } from "./use-part-words.ts";

/** How long a part has been so is told to the second only in its first minutes. */
const REFRESH_MS = 5000;

export function PartList({ health }: { readonly health: HostStatus["health"] }) {
  const t = useTranslations("hosts");
  const names = usePartNames();
  const duration = useDurationText();
  const nowMs = useTick(REFRESH_MS);
  const sentences = usePartSentences();
  return (
    <ul className={styles.parts} aria-label={t("parts")}>
      {health.map(({ part, state, detail, sinceMs }) => (
        <li key={part} className={styles.part} data-part={part}>
          <span className={styles.name}>{names[part]}</span>
          <StateBadge state={state} />
          <span className={styles.words}>
            {sentences[part][state]}{" "}
            <span className={styles.since}>
              {t("since", { duration: duration(Math.max(0, nowMs - sinceMs) / 1000) })}
            </span>
            {detail !== "" && (
              <span className={styles.detail} lang="en">
                <WireText text={detail} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
