/** The log of events. */
import { EventsPage } from "../../../features/events/events-page.tsx";

export default EventsPage;
