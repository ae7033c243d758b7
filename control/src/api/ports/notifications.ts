/** Notifications as the procedures use them. */
import type {
  ChannelAnswer,
  ChannelHealth,
  NotificationChange,
  NotificationChannel,
  NotificationView,
} from "@sipprot/shared/notification";
import type { Actor } from "../actor.ts";

export interface NotificationsPort {
  readonly get: () => Promise<NotificationView>;
  readonly health: () => Promise<ChannelHealth[]>;
  readonly change: (change: NotificationChange, actor: Actor) => Promise<NotificationView>;
  readonly sendTest: (channel: NotificationChannel, nowMs: number) => Promise<ChannelAnswer>;
}
