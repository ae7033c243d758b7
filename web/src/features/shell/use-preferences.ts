/** The reader's language, appearance and time zone: kept with their account, so that every browser of theirs has them. */
import type { Preferences } from "@sipprot/shared/preferences";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMe } from "../../trpc/use-me.ts";

/** What is kept, and how to change a part of it; before somebody is known nothing is kept. */
export function usePreferences(): {
  readonly preferences: Preferences | undefined;
  /** What is undefined is left to the browser. */
  readonly change: (part: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined }) => void;
  /** Why the last change was not kept. */
  readonly error: unknown;
} {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const me = useMe();
  const key = trpc.auth.me.queryKey();
  const keep = useMutation(
    trpc.auth.setPreferences.mutationOptions({
      // One after the other: each replaces all of them.
      scope: { id: "preferences" },
      onError: () => cache.invalidateQueries({ queryKey: key }),
    }),
  );
  return {
    preferences: me?.preferences,
    change: (part) => {
      const known = cache.getQueryData(key);
      if (known === undefined) return;
      // Taken at once: what is chosen next stands on it, also before the server has answered.
      const { language, colorScheme, timeZone } = { ...known.preferences, ...part };
      const preferences = {
        ...(language === undefined ? {} : { language }),
        ...(colorScheme === undefined ? {} : { colorScheme }),
        ...(timeZone === undefined ? {} : { timeZone }),
      };
      cache.setQueryData(key, { ...known, preferences });
      keep.mutate(preferences);
    },
    error: keep.error,
  };
}
