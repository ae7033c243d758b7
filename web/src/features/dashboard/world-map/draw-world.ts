/** Draws the world once, when the pages are built: projected, rounded to what a screen shows, by ISO codes. */
import { geoEqualEarth, geoPath } from "d3-geo";
import type { Feature, MultiPoint, MultiPolygon, Polygon } from "geojson";
import codes from "i18n-iso-countries/codes.json";
import { feature } from "topojson-client";
import atlas from "world-atlas/countries-50m.json";
import { Outline } from "./outline.ts";
import { type DrawnCountry, WORLD_HEIGHT, WORLD_WIDTH } from "./world.ts";

/** Land below this area, in square units of the drawing, gets a dot. */
const SMALL_AREA = 60;
/** Room for the dots at the edges. */
const MARGIN = 8;

/** What the atlas draws without a number of ISO 3166-1, and has a code nevertheless. */
const codesByName: Readonly<Record<string, string>> = { Kosovo: "XK" };

/** Registries know these by codes of their own; the atlas has them within another country, or not at all. */
const placesWithoutLand: Readonly<Record<string, readonly [longitude: number, latitude: number]>> = {
  BQ: [-68.26, 12.18],
  CC: [96.83, -12.16],
  CX: [105.63, -10.48],
  GF: [-53.1, 4],
  GI: [-5.35, 36.14],
  GP: [-61.55, 16.2],
  MQ: [-61.02, 14.64],
  RE: [55.53, -21.12],
  SJ: [16, 78.5],
  TK: [-171.85, -9.2],
  TV: [179.2, -8.52],
  UM: [-177.38, 28.2],
  YT: [45.15, -12.82],
};

/** Every country, the large ones first so that the small ones lie above them. */
export function drawWorld(): DrawnCountry[] {
  const land = feature(atlas, atlas.objects.countries).features.filter(({ id }) => id !== "010");
  const points: Feature<MultiPoint> = {
    type: "Feature",
    properties: {},
    geometry: { type: "MultiPoint", coordinates: Object.values(placesWithoutLand).map((place) => [...place]) },
  };
  const projection = geoEqualEarth().fitExtent(
    [
      [MARGIN, MARGIN],
      [WORLD_WIDTH - MARGIN, WORLD_HEIGHT - MARGIN],
    ],
    { type: "FeatureCollection", features: [...land, points] },
  );
  const outline = new Outline();
  const measure = geoPath(projection);
  const draw = geoPath(projection, outline);
  const drawn = land.map((country) => {
    const largest = findLargestPart(country as Feature<Polygon | MultiPolygon>);
    const [x, y] = measure.centroid(largest);
    outline.beginPath();
    draw(country);
    const code = codeOf(country.id, country.properties.name);
    const area = measure.area(country);
    return { area, country: { code, path: outline.path, x: round(x), y: round(y), isSmall: area < SMALL_AREA } };
  });
  const dots = Object.entries(placesWithoutLand).map(([code, place]): DrawnCountry => {
    const [x, y] = projection([...place]) ?? [0, 0];
    return { code, path: "", x: round(x), y: round(y), isSmall: true };
  });
  return [...drawn.sort((one, other) => other.area - one.area).map(({ country }) => country), ...dots];
}

function findLargestPart({ geometry }: Feature<Polygon | MultiPolygon>): Polygon {
  if (geometry.type === "Polygon") return geometry;
  const parts = geometry.coordinates.map((coordinates): Polygon => ({ type: "Polygon", coordinates }));
  const measure = geoPath(geoEqualEarth());
  return parts.reduce((largest, part) => (measure.area(part) > measure.area(largest) ? part : largest));
}

function codeOf(digits: string | number | undefined, name: string): string {
  if (digits === undefined) return codesByName[name] ?? "";
  return codes.find(([, , own]) => own === String(digits))?.[0] ?? "";
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
