/** Who is told what, when and by which channel. */
import { NotificationsPage } from "../../../features/notifications/notifications-page.tsx";

export default NotificationsPage;
