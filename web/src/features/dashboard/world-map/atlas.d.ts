/** The two data files of the map, by the little that is read of them: their own types would take long to infer. */
declare module "world-atlas/countries-50m.json" {
  import type { GeometryCollection, Topology } from "topojson-specification";

  const atlas: Topology<{ countries: GeometryCollection<{ name: string }> }>;
  export default atlas;
}

declare module "i18n-iso-countries/codes.json" {
  /** Each two letters, three letters, three digits. */
  const codes: ReadonlyArray<readonly [string, string, string, ...string[]]>;
  export default codes;
}
