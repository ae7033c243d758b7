/** The first run. */
import { FirstRunPage } from "../../features/first-run/first-run-page.tsx";

export default FirstRunPage;
