/** The dynamic list. */
import { BlocksPage } from "../../../features/blocks/blocks-page.tsx";

export default BlocksPage;
