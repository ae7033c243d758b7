/** The drawn world, loaded once from our own origin. */
import { useQuery } from "@tanstack/react-query";
import type { DrawnCountry } from "./world.ts";

export function useWorld() {
  return useQuery({
    queryKey: ["world"],
    queryFn: async ({ signal }): Promise<DrawnCountry[]> => {
      const response = await fetch("/world.json", { signal });
      if (!response.ok) throw new Error(`the map cannot be loaded: HTTP ${response.status}`);
      return (await response.json()) as DrawnCountry[];
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}
