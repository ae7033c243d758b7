/** Who looks at the page that is being rendered, as the web server found out. On the server only. */
import { headers } from "next/headers";
import { type PageVisitor, readVisitor, VISITOR_HEADER } from "../server/page-visitor.ts";

export async function readSession(): Promise<PageVisitor> {
  return readVisitor((await headers()).get(VISITOR_HEADER));
}
