/** Feeds: denylists kept by others. */
import { FeedsPage } from "../../../features/feeds/feeds-page.tsx";

export default FeedsPage;
