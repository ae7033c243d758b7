/** Accounts of people, tokens of programs, and who is signed in. */
import { UsersPage } from "../../../features/users/users-page.tsx";

export default UsersPage;
