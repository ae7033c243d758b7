/** The four numbers of the page, each against the stretch before. */
"use client";
import type { WindowStats } from "@sipprot/shared/window-stats";
import { useFormatter, useTranslations } from "use-intl";
import { NumberChange } from "../../components/number-change.tsx";
import { NumberTile } from "./number-tile.tsx";
import styles from "./number-tiles.module.css";

export function NumberTiles({
  stats,
  blocksInForce,
}: {
  readonly stats: Pick<WindowStats, "now" | "before">;
  /** Undefined until it is known. */
  readonly blocksInForce: number | undefined;
}) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const { now, before } = stats;
  const refused = now.refused + now.wouldRefuse;
  const refusedBefore = before.refused + before.wouldRefuse;
  const sinceBegin =
    blocksInForce === undefined || now.blocksAtBegin === undefined ? undefined : blocksInForce - now.blocksAtBegin;
  return (
    <section className={styles.tiles} aria-label={t("numbers")}>
      <NumberTile
        name="passed"
        label={t("passedTile")}
        value={now.passed}
        change={
          now.passed === undefined ? (
            t("passedUnknown")
          ) : (
            <NumberChange now={now.passed} before={before.passed ?? 0} bad="down" />
          )
        }
        help={t("passedHelp")}
      />
      <NumberTile
        name="refused"
        label={now.refused === 0 && now.wouldRefuse > 0 ? t("wouldRefuseTile") : t("refusedTile")}
        value={refused}
        change={<NumberChange now={refused} before={refusedBefore} bad="up" />}
        help={now.wouldRefuse > 0 ? t("refusedObserved", { count: now.wouldRefuse }) : t("refusedHelp")}
      />
      <NumberTile
        name="attacks"
        label={t("attacksTile")}
        value={now.blocksBegun}
        change={<NumberChange now={now.blocksBegun} before={before.blocksBegun} bad="up" />}
        help={t("attacksHelp", { count: now.deniedForGood })}
      />
      <NumberTile
        name="blocks"
        label={t("blocksTile")}
        value={blocksInForce}
        change={
          sinceBegin === undefined
            ? t("blocksNow")
            : t("blocksSince", { change: format.number(sinceBegin, { signDisplay: "exceptZero" }) })
        }
        help={t("blocksHelp")}
        href="/dynamic-list"
      />
    </section>
  );
}
