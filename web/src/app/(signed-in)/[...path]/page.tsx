/** Addresses without a page: unknown ones, and those whose work is done on the command line. */
import { NoPage } from "../../../features/shell/no-page.tsx";

export default NoPage;
