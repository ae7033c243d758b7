/** Asks the control server for the customer's name, colour and logo; what was heard last holds while it is away. */
import {
  type Branding,
  brandingSchema,
  defaultBranding,
  type LogoFile,
  logoFileSchema,
} from "@sipprot/shared/branding";
import { z } from "zod";

/** Header between the web server and the pages; a browser's own never gets through. */
export const BRANDING_HEADER = "x-sipprot-branding";
/** Where the browser finds the logo; the version after it changes with the file. */
export const LOGO_PATH = "/branding/logo";

/** A page is shown with what is known rather than later. */
const ANSWER_WITHIN_MS = 2000;
const answerOf = <Data extends z.ZodType>(data: Data) => z.object({ result: z.object({ data }) });

export class BrandingDesk {
  readonly #controlUrl: string;
  #branding: Branding = defaultBranding;
  #logo: LogoFile | undefined;

  constructor(controlUrl: string) {
    this.#controlUrl = controlUrl;
  }

  /** `headers` are those every call of the browser is passed on with. Never throws. */
  async read(headers: Readonly<Record<string, string>>): Promise<Branding> {
    const answer = await this.#ask("branding.get", brandingSchema, headers);
    if (answer !== undefined) this.#branding = answer;
    return this.#branding;
  }

  /** The logo's file; undefined when there is none, or it was never heard of. */
  async readLogo(headers: Readonly<Record<string, string>>): Promise<LogoFile | undefined> {
    const answer = await this.#ask("branding.logo", logoFileSchema.nullable(), headers);
    if (answer !== undefined) this.#logo = answer ?? undefined;
    return this.#logo;
  }

  async #ask<Schema extends z.ZodType>(
    procedure: string,
    schema: Schema,
    headers: Readonly<Record<string, string>>,
  ): Promise<z.infer<Schema> | undefined> {
    try {
      const answer = await fetch(`${this.#controlUrl}/api/trpc/${procedure}`, {
        headers,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return (answerOf(schema).parse(await answer.json()) as { result: { data: z.infer<Schema> } }).result.data;
    } catch {
      return undefined;
    }
  }
}

export function writeBrandingHeader(branding: Branding): string {
  return Buffer.from(JSON.stringify(branding)).toString("base64url");
}

/** What is not there or damaged is ours. */
export function readBrandingHeader(header: string | null | undefined): Branding {
  try {
    return brandingSchema.parse(JSON.parse(Buffer.from(header ?? "", "base64url").toString("utf8")));
  } catch {
    return defaultBranding;
  }
}
