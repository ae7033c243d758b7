/** Shows a page to those whose role it is for; to others it says whose it is. The server refuses them anyway. */
"use client";
import { isRoleAtLeast, type Role } from "@sipprot/shared/role";
import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import { useMeQuery } from "../trpc/use-me.ts";
import { DataState } from "./data-state.tsx";
import { StateCard } from "./state-card.tsx";

export interface RoleGateProps {
  readonly needs: Role;
  /** Said to lower roles. */
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

export function RoleGate({ needs, title, text, children }: RoleGateProps) {
  const me = useMeQuery();
  // Once known it holds: that what is shown is old is for the page to say, once.
  const query = me.data === undefined ? me : { ...me, error: null };
  return (
    <DataState query={query} skeletonRows={4}>
      {({ role }) => (isRoleAtLeast(role, needs) ? children : <StateCard icon={Lock} title={title} text={text} />)}
    </DataState>
  );
}
