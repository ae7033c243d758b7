/** What keeps a client from its server, and every failure of a call in one form: a code, what was wrong, the remedy. */
import type { ErrorData } from "@sipprot/control/api/error-shape";
import type { ErrorCode, ErrorFacts } from "@sipprot/shared/errors";
import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "./router.ts";

/** Failures the server knows nothing of. */
export type ClientErrorCode =
  /** An option of `createSipprotClient` cannot be used. */
  | "bad-option"
  | "server-unreachable"
  | "timed-out"
  | "certificate-not-trusted"
  /** Something answers there that is not a control server. */
  | "not-sipprot";

/** A failure between the client and the server. A call throws it as the `cause` of its `TRPCClientError`. */
export class SipprotClientError extends Error {
  override readonly name = "SipprotClientError";
  readonly code: ClientErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ClientErrorCode, message: string, facts: ErrorFacts = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }
}

/** Why a call failed, wherever it failed. */
export interface Failure extends ErrorFacts {
  readonly code: ErrorCode | ClientErrorCode;
  /** One English sentence. */
  readonly message: string;
  /** What is wrong with which part of the input, for `bad-input`. */
  readonly fields?: NonNullable<ErrorData["fields"]>;
}

/** What a call, a subscription or `createSipprotClient` threw; undefined when the error is not one of theirs. */
export function describeFailure(error: unknown): Failure | undefined {
  if (error instanceof SipprotClientError) return { ...error.facts, code: error.code, message: error.message };
  if (!(error instanceof TRPCClientError)) return undefined;
  const { data, message, cause } = error as TRPCClientError<AppRouter>;
  if (data === null || data === undefined) return describeFailure(cause);
  const failure = { ...data.facts, code: data.code, message };
  return data.fields === undefined ? failure : { ...failure, fields: data.fields };
}
