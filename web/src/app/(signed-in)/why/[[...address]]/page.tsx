/** Why? Everything known of one address; a form where none is given. */
import { WhyPage } from "../../../../features/why/why-page.tsx";

export default WhyPage;
