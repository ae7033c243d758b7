/** What the last fetch of a feed did: what came on the denylist, what was left out and why, or why nothing was taken. */
"use client";
import { Alert, Text } from "@mantine/core";
import type { FeedStatus } from "@sipprot/shared/feed";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useFormatter, useTranslations } from "use-intl";
import { TimeAgo } from "../../components/time-ago.tsx";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./feeds.module.css";
import { useFailureText } from "./use-failure-text.ts";

export function FeedFailureNote({ status }: { readonly status: FeedStatus }) {
  const t = useTranslations("feeds");
  const say = useFailureText();
  const { failure, detail, entries, fetchedAtMs } = status;
  if (status.state !== "failed") return null;
  return (
    <Alert
      color="red"
      icon={<TriangleAlert aria-hidden />}
      title={failure === undefined ? t("failedOther") : say(failure)}
    >
      <Text>
        {fetchedAtMs === undefined ? t("noCopy") : t("copyHolds", { count: entries })}{" "}
        {fetchedAtMs !== undefined && <TimeAgo atMs={fetchedAtMs} />}
      </Text>
      {detail !== "" && (
        <Text size="xs" c="dimmed">
          {t("ownWords")} <WireText text={detail} foldAfter={500} />
        </Text>
      )}
    </Alert>
  );
}

/** What of the last good copy is not denied, and why. */
export function LeftOut({ status }: { readonly status: FeedStatus }) {
  const t = useTranslations("feeds");
  const format = useFormatter();
  const { allowed, badLines, firstBadLines } = status;
  if (allowed + badLines === 0) return t("nothingLeftOut");
  return (
    <>
      {allowed > 0 && <div>{t("leftOutAllowed", { count: allowed })}</div>}
      {badLines > 0 && <div>{t("leftOutBad", { count: badLines })}</div>}
      {firstBadLines.length > 0 && (
        <details className={styles.badLines}>
          <summary>{t("showBadLines")}</summary>
          <ul>
            {firstBadLines.map(({ line, text }) => (
              <li key={line}>
                {t("badLine", { line: format.number(line) })} <WireText text={text} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
