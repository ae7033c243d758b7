/** One's own account. */
import { AccountPage } from "../../../features/account/account-page.tsx";

export default AccountPage;
