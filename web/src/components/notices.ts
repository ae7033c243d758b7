/** Short notices in the corner of the page; what shows them is loaded when the first is shown. */
import type { NotificationData } from "@mantine/notifications";

/** Shows a notice. Say what was done, not that it went well. */
export async function showNotice(notice: NotificationData): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.show(notice);
}

/** Takes a notice away. */
export async function hideNotice(id: string): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.hide(id);
}
