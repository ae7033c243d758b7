/** For the dashboard of a new installation, and only there: what is shown is loaded when there is something to wait for. */
"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "../../trpc/trpc.ts";
import { useMay } from "../../trpc/use-me.ts";

/** As often as gates tell of themselves. */
const LOOK_EVERY_MS = 2000;

const WaitingFor = dynamic(() => import("./waiting-for.tsx").then((module) => module.WaitingFor), { ssr: false });

/** Nothing once messages come, the PBX answers and the first run is over. */
export function WaitingCard() {
  const trpc = useTRPC();
  const mayFinish = useMay("administrator");
  const standing = useQuery(
    trpc.setup.standing.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.hasTraffic === true && state.data.hasAnswer ? false : LOOK_EVERY_MS),
    }),
  ).data;
  // Not known yet, or not to be known now: the page says that in its own places.
  if (standing === undefined) return null;
  const isOver = standing.state === "finished" || !mayFinish;
  if (standing.hasTraffic && standing.hasAnswer && isOver) return null;
  return <WaitingFor standing={standing} mayFinish={mayFinish} isOver={isOver} />;
}
