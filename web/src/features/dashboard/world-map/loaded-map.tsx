/** The map with its loading: the list beside it serves alone while it comes, and when it does not come. */
"use client";
import { Skeleton } from "@mantine/core";
import CloudAlert from "lucide-react/icons/cloud-alert";
import { LoadFailure } from "../../../components/load-failure.tsx";
import { useWorld } from "./use-world.ts";
import styles from "./world-map.module.css";
import { type CountryCount, WorldMap } from "./world-map.tsx";

export function LoadedMap(props: {
  readonly countries: readonly CountryCount[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string | undefined) => void;
}) {
  const world = useWorld();
  if (world.data !== undefined) return <WorldMap world={world.data} {...props} />;
  if (world.error === null) return <Skeleton className={styles.loading} />;
  return <LoadFailure icon={CloudAlert} error={world.error} isRetrying={world.isFetching} onRetry={world.refetch} />;
}
