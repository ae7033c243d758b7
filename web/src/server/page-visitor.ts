/** Who looks at a page, as the web server found out and tells the page that is rendered. */
import { type User, userSchema } from "@sipprot/shared/account";
import { firstRunSchema } from "@sipprot/shared/first-run";
import { z } from "zod";

/** Header between the web server and the pages; a browser's own never gets through. */
export const VISITOR_HEADER = "x-sipprot-visitor";

const visitorSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("signed-in"), user: userSchema.loose(), firstRun: firstRunSchema.shape.state }),
  z.object({ state: z.literal("signed-out") }),
  /** The control server or the store does not answer: who it is cannot be known now. */
  z.object({ state: z.literal("unknown") }),
]);
export type PageVisitor =
  | { readonly state: "signed-in"; readonly user: User; readonly firstRun: z.infer<typeof firstRunSchema.shape.state> }
  | { readonly state: "signed-out" }
  | { readonly state: "unknown" };

export function writeVisitor(visitor: PageVisitor): string {
  return Buffer.from(JSON.stringify(visitor)).toString("base64url");
}

/** What is not there or damaged is somebody unknown. */
export function readVisitor(header: string | null | undefined): PageVisitor {
  try {
    const text = Buffer.from(header ?? "", "base64url").toString("utf8");
    return visitorSchema.parse(JSON.parse(text)) as PageVisitor;
  } catch {
    return { state: "unknown" };
  }
}
