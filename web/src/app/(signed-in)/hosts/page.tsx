/** The hosts. */
import { HostsPage } from "../../../features/hosts/hosts-page.tsx";

export default HostsPage;
