/** Notifications as the procedures use them. */
import type {
  ChannelAnswer,
  ChannelHealth,
  NotificationChange,
  NotificationChannel,
  NotificationRecord,
  NotificationView,
  TestDialogue,
} from "@sipprot/shared/notification";
import type { Page } from "@sipprot/shared/page";
import type { Actor } from "../actor.ts";

export interface NotificationsPort {
  readonly get: () => Promise<NotificationView>;
  readonly health: () => Promise<ChannelHealth[]>;
  readonly change: (change: NotificationChange, actor: Actor) => Promise<NotificationView>;
  readonly sendTest: (channel: NotificationChannel, actor: Actor) => Promise<ChannelAnswer>;
  /** What the last test of a channel and the other side said, as far as they have come. */
  readonly testDialogue: (channel: NotificationChannel) => Promise<TestDialogue | undefined>;
  /** What was sent and what was not taken, the newest first. */
  readonly history: (
    query: { readonly page: number; readonly size: number },
    nowMs: number,
  ) => Promise<Page<NotificationRecord>>;
}
