/** The time zones there are, each with its difference to UTC. Pure but for the browser's own list. */

export interface TimeZoneChoice {
  readonly value: string;
  readonly label: string;
}

/** UTC first, then by name; `also` is offered though the browser does not list it: it is set already. */
export function timeZoneChoices(nowMs: number, also: string | undefined): TimeZoneChoice[] {
  const names = new Set(["UTC", ...(also === undefined ? [] : [also]), ...Intl.supportedValuesOf("timeZone")]);
  const [utc = "UTC", ...others] = names;
  const named = others.sort().map((value) => ({ value, label: `${value} (${offsetOf(value, nowMs)})` }));
  return [{ value: utc, label: utc }, ...named];
}

/** `UTC+02:00`. */
function offsetOf(timeZone: string, nowMs: number): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(nowMs);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name.replace("GMT", "UTC");
}
