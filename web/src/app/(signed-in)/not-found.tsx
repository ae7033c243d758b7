/** What stands in the frame where there is no page. */
import { NoPage } from "../../features/shell/no-page.tsx";

export default NoPage;
