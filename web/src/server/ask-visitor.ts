/** Asks the control server who looks at a page, by their cookie. */
import { userSchema } from "@sipprot/shared/account";
import { firstRunSchema } from "@sipprot/shared/first-run";
import { z } from "zod";
import type { PageVisitor } from "./page-visitor.ts";

/** A page is shown without knowing rather than later. */
const ANSWER_WITHIN_MS = 3000;

const failure = z.object({ error: z.object({ data: z.object({ code: z.string() }) }) });
const success = <Data extends z.ZodType>(data: Data) => z.object({ result: z.object({ data }) });
const answerSchema = z.tuple([
  z.union([success(userSchema.loose()), failure]),
  z.union([success(firstRunSchema), failure]),
]);

/** `headers` are those every call of the browser is passed on with. Never throws. */
export async function askVisitor(controlUrl: string, headers: Readonly<Record<string, string>>): Promise<PageVisitor> {
  try {
    const answer = await fetch(`${controlUrl}/api/trpc/auth.me,setup.progress?batch=1`, {
      headers,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const [me, progress] = answerSchema.parse(await answer.json());
    if ("error" in me) return { state: me.error.data.code === "not-signed-in" ? "signed-out" : "unknown" };
    if ("error" in progress) return { state: "unknown" };
    return { state: "signed-in", user: me.result.data, firstRun: progress.result.data.state };
  } catch {
    return { state: "unknown" };
  }
}
