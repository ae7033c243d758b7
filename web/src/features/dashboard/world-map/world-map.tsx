/** The world by where attacks come from: the darker the more. Attacked countries are reached by keyboard, the busiest first. */
"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useCountryName } from "../../../components/use-country-name.ts";
import { Land } from "./land.tsx";
import { ScaleLegend } from "./scale-legend.tsx";
import { shadeBounds, shadeOf } from "./shades.ts";
import { type DrawnCountry, WORLD_HEIGHT, WORLD_WIDTH } from "./world.ts";
import styles from "./world-map.module.css";

export interface CountryCount {
  readonly code: string;
  readonly count: number;
}

export function WorldMap({
  world,
  countries,
  chosen,
  onChoose,
}: {
  readonly world: readonly DrawnCountry[];
  /** The busiest first; what has no code is not on the map. */
  readonly countries: readonly CountryCount[];
  readonly chosen: string | undefined;
  /** Called with a country, or with undefined when the chosen one is chosen again. */
  readonly onChoose: (code: string | undefined) => void;
}) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const nameOf = useCountryName();
  const list = useRef<SVGGElement>(null);
  const [current, setCurrent] = useState<string>();
  const all = countries.reduce((sum, { count }) => sum + count, 0);
  const bounds = shadeBounds(countries[0]?.count ?? 0);
  const attacked = countries.flatMap(({ code, count }) => {
    const land = world.filter((country) => code !== "" && country.code === code);
    return land.length === 0 ? [] : [{ code, count, land }];
  });
  const attackedCodes = new Set(attacked.map(({ code }) => code));
  const reachable = attackedCodes.has(current ?? "")
    ? current
    : attackedCodes.has(chosen ?? "")
      ? chosen
      : attacked[0]?.code;
  const describe = ({ code, count }: CountryCount) =>
    t("mapCountry", {
      name: nameOf(code),
      count,
      share: format.number(all === 0 ? 0 : count / all, { style: "percent" }),
    });

  const onKeyDown = (event: KeyboardEvent) => {
    const at = attacked.findIndex(({ code }) => code === reachable);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: attacked.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) list.current?.querySelectorAll<SVGGElement>("[role=option]")[Math.max(0, to)]?.focus();
    else if ((event.key === "Enter" || event.key === " ") && at >= 0)
      onChoose(reachable === chosen ? undefined : reachable);
    else return;
    event.preventDefault();
  };
  const pointed = attacked.find(({ code }) => code === current);
  const place = pointed?.land[0];

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title is a tooltip over the whole drawing; the list in it has the name. */}
      <svg className={styles.map} viewBox={`0 0 ${WORLD_WIDTH} ${WORLD_HEIGHT}`}>
        <g aria-hidden>
          {world
            .filter(({ code }) => !attackedCodes.has(code))
            .map((land) => (
              <Land key={`${land.code} ${land.x} ${land.y}`} land={land} shade={0} />
            ))}
        </g>
        <g ref={list} role="listbox" aria-label={t("mapLabel")} onKeyDown={onKeyDown}>
          {attacked.map(({ code, count, land }) => (
            <g
              key={code}
              className={styles.country}
              role="option"
              aria-selected={code === chosen}
              aria-label={describe({ code, count })}
              data-country={code}
              tabIndex={code === reachable ? 0 : -1}
              onFocus={() => setCurrent(code)}
              onBlur={() => setCurrent(undefined)}
              onPointerEnter={() => setCurrent(code)}
              onPointerLeave={() => setCurrent(undefined)}
              onClick={() => onChoose(code === chosen ? undefined : code)}
            >
              {land.map((part) => (
                <Land key={`${part.x} ${part.y}`} land={part} shade={shadeOf(count, bounds)} />
              ))}
            </g>
          ))}
        </g>
      </svg>
      {pointed !== undefined && place !== undefined && (
        <div
          className={styles.tip}
          aria-hidden
          data-print="no"
          style={{ left: `${(place.x / WORLD_WIDTH) * 100}%`, top: `${(place.y / WORLD_HEIGHT) * 100}%` }}
        >
          {describe(pointed)}
        </div>
      )}
      <ScaleLegend bounds={bounds} />
    </div>
  );
}
