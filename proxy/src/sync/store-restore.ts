/** Gives the store back what it lost: this host's copy, when the store is found empty. */
import type { Settings } from "@sipprot/shared/settings";
import { defaultSettings, settingNames } from "@sipprot/shared/settings";
import { putBlocks } from "@sipprot/shared/store/block-store";
import { putListEntries } from "@sipprot/shared/store/list-store";
import { changeSettings } from "@sipprot/shared/store/settings-store";
import type { StoreCopy } from "@sipprot/shared/store/store-copy";
import type { Redis } from "ioredis";

/**
 * Writes lists, settings and blocks of the copy to the store. Several hosts may do it at once: what they have in common
 * is the same.
 */
export async function restoreStore(redis: Redis, copy: StoreCopy, by: string, nowMs: number): Promise<void> {
  const author = { by, nowMs };
  const changed = settingNames.filter(
    (name) => JSON.stringify(copy.settings[name]) !== JSON.stringify(defaultSettings[name]),
  );
  const patch: Partial<Settings> = Object.fromEntries(changed.map((name) => [name, copy.settings[name]]));
  if (changed.length > 0) await changeSettings(redis, patch, by);
  // The denylist first: an allowed network inside it is allowed afterwards, the other way round it would be refused.
  await putListEntries(redis, "deny", [...copy.lists.deny.values()], author);
  await putListEntries(redis, "allow", [...copy.lists.allow.values()], author);
  const blocks = [...copy.blocks.values()].filter((block) => block.untilMs > nowMs);
  if (blocks.length > 0) await putBlocks(redis, blocks, author);
}
