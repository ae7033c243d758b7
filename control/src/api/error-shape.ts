/** Errors as clients get them: a code of ours with its facts, the fields of a bad input, and nothing of our insides. */
import { type ErrorCode, type ErrorFacts, SipprotError } from "@sipprot/shared/errors";
import { type TRPC_ERROR_CODE_NUMBER, TRPCError } from "@trpc/server";
import { ZodError } from "zod";

type TransportCode = TRPCError["code"];

/** The HTTP side of our codes; what is not named is the caller's mistake. */
const transportCodes: Partial<Record<ErrorCode, TransportCode>> = {
  "not-found": "NOT_FOUND",
  "already-there": "CONFLICT",
  "last-administrator": "CONFLICT",
  "taken-back": "CONFLICT",
  "changed-meanwhile": "CONFLICT",
  "change-pending": "CONFLICT",
  "lock-out": "CONFLICT",
  "store-unreachable": "SERVICE_UNAVAILABLE",
  "missing-program": "SERVICE_UNAVAILABLE",
  "kernel-refused": "SERVICE_UNAVAILABLE",
  "sealed-secret": "SERVICE_UNAVAILABLE",
  "not-permitted": "FORBIDDEN",
  "password-change-needed": "FORBIDDEN",
  "account-disabled": "FORBIDDEN",
  "cross-site": "FORBIDDEN",
  "not-signed-in": "UNAUTHORIZED",
  "wrong-credentials": "UNAUTHORIZED",
  "second-factor-needed": "UNAUTHORIZED",
  "wrong-second-factor": "UNAUTHORIZED",
  "too-large": "PAYLOAD_TOO_LARGE",
  "too-many-requests": "TOO_MANY_REQUESTS",
  "too-many-attempts": "TOO_MANY_REQUESTS",
  unexpected: "INTERNAL_SERVER_ERROR",
};

/** What Redis says when it is away or not able; ioredis has no class for all of it. */
const storeTrouble =
  /^(LOADING|READONLY|MISCONF|OOM|MASTERDOWN)|Connection is closed|isn't writeable|ECONN|ENOENT|max retries/;

/** The error with the HTTP code that belongs to ours. */
export function toTransportError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (cause instanceof SipprotError) {
    return new TRPCError({ code: transportCodes[cause.code] ?? "BAD_REQUEST", message: cause.message, cause });
  }
  if (error.code === "INTERNAL_SERVER_ERROR" && cause !== undefined && storeTrouble.test(cause.message)) {
    const trouble = new SipprotError(
      "store-unreachable",
      "the store does not answer",
      { remedy: "look for the reason with: sipprot doctor" },
      cause,
    );
    return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: trouble.message, cause: trouble });
  }
  return error;
}

/** The error data of every answer. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly httpStatus: number;
  readonly path: string | undefined;
  readonly facts: ErrorFacts;
  /** What is wrong with which part of the input. */
  readonly fields?: ReadonlyArray<{ readonly field: string; readonly message: string }>;
}

/** An error as it is answered. */
export interface ErrorShape {
  readonly code: TRPC_ERROR_CODE_NUMBER;
  /** One English sentence, for logs; pages translate by `data.code`. */
  readonly message: string;
  readonly data: ErrorData;
}

/** The one formatter. What is not an error of ours keeps its text to itself. */
export function describeError(
  shape: Pick<ErrorShape, "code"> & { readonly data: Pick<ErrorData, "httpStatus"> },
  error: TRPCError,
  path: string | undefined,
): ErrorShape {
  const { code, message, facts, fields } = describe(error);
  const data = { code, httpStatus: shape.data.httpStatus, path, facts };
  return { code: shape.code, message, data: fields === undefined ? data : { ...data, fields } };
}

function describe(error: TRPCError): Pick<ErrorData, "code" | "facts" | "fields"> & { readonly message: string } {
  const { cause } = error;
  if (cause instanceof SipprotError) return { code: cause.code, message: cause.message, facts: cause.facts };
  if (error.code === "BAD_REQUEST" && cause instanceof ZodError) {
    const fields = cause.issues.slice(0, 20).map((issue) => ({
      field: issue.path.map(String).join(".").slice(0, 200),
      message: issue.message.slice(0, 300),
    }));
    return { code: "bad-input", message: "the input does not have the shape that is asked for", facts: {}, fields };
  }
  switch (error.code) {
    case "NOT_FOUND":
      return { code: "not-found", message: "there is no such procedure", facts: {} };
    case "PAYLOAD_TOO_LARGE":
      return { code: "too-large", message: "the request is too large", facts: {} };
    case "INTERNAL_SERVER_ERROR":
      return { code: "unexpected", message: "something went wrong in the server; its log says what", facts: {} };
    default:
      return { code: "bad-input", message: "the request cannot be understood", facts: {} };
  }
}
