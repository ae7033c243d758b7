/** Doctor: does the control server answer, without which there are no pages, no mails and no feeds. */
import type { BootSettings } from "@sipprot/shared/boot-settings";
import { z } from "zod";
import { version } from "../../version.ts";
import { type Diagnosis, ok, warning } from "./diagnosis.ts";
import { localPlace } from "./local-place.ts";

const NAME = "control server";
const ANSWER_WITHIN_MS = 3000;

/** Read loosely: only who answers is asked. */
const descriptionSchema = z.looseObject({ info: z.looseObject({ title: z.string(), version: z.string() }) });

/** Asks for the description of the procedures, which needs no sign-in. */
export async function checkControl(boot: BootSettings): Promise<Diagnosis> {
  const { address, port } = localPlace(boot.control);
  const url = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  try {
    const response = await fetch(`${url}/api/openapi.json`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const { info } = descriptionSchema.parse(await response.json());
    if (info.title !== "sipprot") throw new Error("another program answers");
    if (info.version === version) return ok(NAME, `answers on ${url}`);
    return warning(NAME, `${url} is still version ${info.version}, this is ${version}`, "npm start");
  } catch {
    return warning(
      NAME,
      `nothing of ours answers on ${url}: no pages, no mails and no feeds; calls are protected all the same`,
      `npm start, and look into ${boot.stateFolder}/logs/sipprot-control.log`,
    );
  }
}
