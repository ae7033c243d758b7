/** The place of notices: empty, and nothing loaded, until there is one. */
"use client";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { noticePlace } from "./notices.ts";

const NoticeHost = dynamic(() => import("./notice-host.tsx").then((module) => module.NoticeHost), { ssr: false });

export function NoticePlace() {
  const isWanted = useSyncExternalStore(noticePlace.subscribe, noticePlace.isWanted, () => false);
  return isWanted ? <NoticeHost /> : null;
}
