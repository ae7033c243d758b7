/** Who is signed in, and what they may do. The server decides; pages only offer what it will allow. */
import { isRoleAtLeast, type Role } from "@sipprot/shared/role";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useTRPC } from "./trpc.ts";

/** The account that is signed in; undefined until it is known. Nobody is asked for at the door. */
export function useMe() {
  const trpc = useTRPC();
  const enabled = usePathname() !== "/sign-in";
  return useQuery(trpc.auth.me.queryOptions(undefined, { staleTime: 60_000, enabled })).data;
}

/** True when who is signed in has this role or a higher one. */
export function useMay(needed: Role): boolean {
  const me = useMe();
  return me !== undefined && isRoleAtLeast(me.role, needed);
}
