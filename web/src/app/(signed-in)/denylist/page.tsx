/** The denylist. */
import { ListPage } from "../../../features/lists/list-page.tsx";

export default function Denylist() {
  return <ListPage list="deny" />;
}
