/** One piece of land in its shade; a dot where it is too small to be seen. */

import type { DrawnCountry } from "./world.ts";
import styles from "./world-map.module.css";

/** Radius of the dot, and of the room around it that can be hit, in units of the drawing. */
const DOT = 5;
const HIT = 14;

export function Land({
  land: { path, x, y, isSmall },
  shade,
}: {
  readonly land: DrawnCountry;
  readonly shade: number;
}) {
  return (
    <>
      {path !== "" && <path className={styles.land} data-shade={shade} d={path} />}
      {isSmall && shade > 0 && (
        <>
          <circle className={styles.room} cx={x} cy={y} r={HIT} />
          <circle className={styles.dot} data-shade={shade} cx={x} cy={y} r={DOT} />
        </>
      )}
    </>
  );
}
