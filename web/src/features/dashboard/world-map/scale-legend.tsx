/** What the shades of the map mean, in numbers. */
import { useFormatter, useTranslations } from "use-intl";
import { SHADES } from "./shades.ts";
import styles from "./world-map.module.css";

export function ScaleLegend({ bounds }: { readonly bounds: readonly number[] }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  if (bounds.length === 0) return null;
  const write = (count: number) => format.number(count, { notation: "compact" });
  return (
    <ul className={styles.legend} aria-label={t("mapScale")}>
      {bounds.map((bound, index) => {
        const from = (bounds[index - 1] ?? 0) + 1;
        return (
          <li key={bound}>
            <span className={styles.swatch} data-shade={SHADES - (bounds.length - 1 - index)} aria-hidden />
            {from === bound ? write(bound) : t("mapScaleRange", { from: write(from), to: write(bound) })}
          </li>
        );
      })}
    </ul>
  );
}
