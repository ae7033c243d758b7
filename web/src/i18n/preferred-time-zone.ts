/** How the time zone an account prefers reaches the texts. */
import { createContext, useContext } from "react";

export const PreferredTimeZoneContext = createContext<(timeZone: string | undefined) => void>(() => undefined);

/** Sets the zone all times are shown in; undefined is the browser's own. */
export function usePreferredTimeZone(): (timeZone: string | undefined) => void {
  return useContext(PreferredTimeZoneContext);
}
