/** The allowlist. */
import { ListPage } from "../../../features/lists/list-page.tsx";

export default function Allowlist() {
  return <ListPage list="allow" />;
}
