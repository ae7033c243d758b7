/** An entry as JSON, in the shape that other programs know from the product before this one. Pure. */
import type { ListRowOfPage } from "@sipprot/shared/list-page";

export function entryJson({ network, note, addedAtSeconds, addedBy, country }: ListRowOfPage): string {
  const entry = {
    ip: network,
    note,
    time: addedAtSeconds,
    added_by: addedBy,
    geo_data: { country_code: country.code, country_name: country.name },
  };
  return JSON.stringify(entry, undefined, 2);
}
