/** Who is signed in, and what they may do. The server decides; pages only offer what it will allow. */
import { isRoleAtLeast, type Role } from "@sipprot/shared/role";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { isPassing, readError } from "./read-error.ts";
import { useTRPC } from "./trpc.ts";

/** How soon a server that did not answer is asked again: what a page offers hangs on it. */
const ASK_AGAIN_MS = 3000;

/** The question who is signed in. It is not asked at the door, and goes on being asked while nobody answers. */
export function useMeQuery() {
  const trpc = useTRPC();
  const enabled = usePathname() !== "/sign-in";
  const query = trpc.auth.me.queryOptions(undefined, {
    staleTime: 60_000,
    enabled,
    refetchInterval: ({ state }) => state.status === "error" && isPassing(readError(state.error)) && ASK_AGAIN_MS,
  });
  return useQuery(query);
}

/** The account that is signed in; undefined until it is known. */
export function useMe() {
  return useMeQuery().data;
}

/** True when who is signed in has this role or a higher one. */
export function useMay(needed: Role): boolean {
  const me = useMe();
  return me !== undefined && isRoleAtLeast(me.role, needed);
}
