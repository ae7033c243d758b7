/** Addresses without a page. */
import { NoPage } from "../../../features/shell/no-page.tsx";

export default NoPage;
