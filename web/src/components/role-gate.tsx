/** Shows a page to those whose role it is for; to others it says whose it is. The server refuses them anyway. */
"use client";
import { Skeleton } from "@mantine/core";
import { isRoleAtLeast, type Role } from "@sipprot/shared/role";
import Lock from "lucide-react/icons/lock";
import type { ReactNode } from "react";
import { useMe } from "../trpc/use-me.ts";
import { StateCard } from "./state-card.tsx";

export interface RoleGateProps {
  readonly needs: Role;
  /** Said to lower roles. */
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

export function RoleGate({ needs, title, text, children }: RoleGateProps) {
  const me = useMe();
  if (me === undefined) return <Skeleton height={120} radius="sm" />;
  if (!isRoleAtLeast(me.role, needs)) return <StateCard icon={Lock} title={title} text={text} />;
  return children;
}
