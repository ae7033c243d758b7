/** What the proxy of this host says of itself on its local health endpoint. */
import type { HostPort } from "@sipprot/shared/boot-settings";
import { type PartHealth, partHealthSchema } from "@sipprot/shared/host";
import { z } from "zod";

/** Read loosely: a newer proxy may say more. */
const answerSchema = z.looseObject({
  path: z.string().optional(),
  endpoints: z.array(z.string()).default([]),
  placedAtMs: z.number().default(0),
  parts: z.array(partHealthSchema.loose()),
});

export interface ProxyHealth {
  /** True when the endpoint answered that everything needed for protection works. */
  readonly isHealthy: boolean;
  /** `transparent` or `relay`, when told. */
  readonly path: string | undefined;
  readonly endpoints: readonly string[];
  /** When the workers at work were placed. */
  readonly placedAtMs: number;
  readonly parts: readonly PartHealth[];
}

/** A local endpoint answers in milliseconds; a hung process must not hang the command. */
const ANSWER_WITHIN_MS = 2000;

/** The address of the health endpoint for people and for fetch. */
export function healthUrl({ address, port }: HostPort): string {
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}/health`;
}

/** Asks the proxy for its health. Undefined when nothing of ours answers there. */
export async function askProxyHealth(endpoint: HostPort): Promise<ProxyHealth | undefined> {
  try {
    const response = await fetch(healthUrl(endpoint), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body = answerSchema.safeParse(await response.json());
    if (!body.success) return undefined;
    const { path, endpoints, placedAtMs, parts } = body.data;
    return { isHealthy: response.ok, path, endpoints, placedAtMs, parts };
  } catch {
    return undefined;
  }
}
