/** Short notices in the corner of the page; what shows them is loaded when the first is shown. */
import type { NotificationData } from "@mantine/notifications";

/** What waits for the place where notices are shown. */
const listeners = new Set<() => void>();
let isWanted = false;

/** For the one who draws the place: told once the first notice is to be shown. */
export const noticePlace = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isWanted: () => isWanted,
};

/** Shows a notice. Say what was done, not that it went well. */
export async function showNotice(notice: NotificationData): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  isWanted = true;
  for (const listener of listeners) listener();
  notifications.show(notice);
}

/** Takes a notice away. */
export async function hideNotice(id: string): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.hide(id);
}
