/** The parts of a host: how each is, what that means, since when; the machine's own words for who repairs it. */
import type { HostStatus } from "@sipprot/shared/host";
import { useTranslations } from "use-intl";
import { TimeAgo } from "../../components/time-ago.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./part-list.module.css";
import { StateBadge } from "./state-badge.tsx";
import { usePartNames, usePartSentences } from "./use-part-words.ts";

export function PartList({ health }: { readonly health: HostStatus["health"] }) {
  const t = useTranslations("hosts");
  const names = usePartNames();
  const sentences = usePartSentences();
  return (
    <ul className={styles.parts} aria-label={t("parts")}>
      {health.map(({ part, state, detail, sinceMs }) => (
        <li key={part} className={styles.part} data-part={part}>
          <span className={styles.name}>{names[part]}</span>
          <StateBadge state={state} />
          <span className={styles.words}>
            {sentences[part][state]}{" "}
            <span className={styles.since}>{t.rich("since", { time: () => <TimeAgo atMs={sinceMs} /> })}</span>
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
