/**
 * The types of @sipprot/client, made from the server's procedures by: npm run surface
 *
 * Those of a tRPC client are from @trpc/client, MIT licence, © Alex Johansson.
 */
import {
  AnyRouter as AnyRouter$1,
  TRPCBuiltRouter,
  TRPC_ERROR_CODE_NUMBER,
  inferRouterInputs,
  inferRouterOutputs,
} from "@trpc/server";
import { Observable, Unsubscribable } from "@trpc/server/observable";
import {
  AnyProcedure,
  AnyRouter,
  DefaultErrorShape,
  InferrableClientTypes,
  Maybe,
  ProcedureType,
  RouterRecord,
  TRPCErrorResponse,
  TRPCResultMessage,
  TRPCSuccessResponse,
  TypeError as TypeError$1,
  inferAsyncIterableYield,
  inferClientTypes,
  inferProcedureErrorShape,
  inferProcedureInput,
  inferTransformedProcedureOutput,
} from "@trpc/server/unstable-core-do-not-import";
interface ConnectionStateBase<TError> {
  type: "state";
  data?: never;
  error: TError | null;
}
interface ConnectionIdleState extends ConnectionStateBase<null> {
  state: "idle";
}
interface ConnectionConnectingState<TError> extends ConnectionStateBase<TError | null> {
  state: "connecting";
}
interface ConnectionPendingState extends ConnectionStateBase<null> {
  state: "pending";
}
type TRPCConnectionState<TError> = ConnectionIdleState | ConnectionConnectingState<TError> | ConnectionPendingState;
type ClientContext = Record<string, unknown>;
interface TRPCProcedureOptions {
  /**
   * Context for the links, such as a flag a `splitLink` reads.
   * @see https://trpc.io/docs/client/links#managing-context
   */
  context?: ClientContext;
  /**
   * Aborts the call. With `httpBatchLink`, the request is only aborted once
   * every call in its batch is, so an aborted call can still get a result.
   * @see https://trpc.io/docs/client/vanilla/aborting-procedure-calls
   */
  signal?: AbortSignal;
}
type inferErrorShape<TInferrable extends InferrableClientTypes> = inferClientTypes<TInferrable>["errorShape"];
interface TRPCClientErrorBase<TShape extends DefaultErrorShape> {
  readonly message: string;
  /** The error as the server's error formatter shaped it, if it came from the server. */
  readonly shape: Maybe<TShape>;
  /** The shape's `data`, such as the tRPC code and HTTP status. */
  readonly data: Maybe<TShape["data"]>;
}
declare class TRPCClientError<TRouterOrProcedure extends InferrableClientTypes>
  extends Error
  implements TRPCClientErrorBase<inferErrorShape<TRouterOrProcedure>>
{
  /** The error this one wraps, such as a network error. */
  readonly cause: Error | undefined;
  /** The error as the server's error formatter shaped it, if it came from the server. */
  readonly shape: Maybe<inferErrorShape<TRouterOrProcedure>>;
  /** The shape's `data`, such as the tRPC code and HTTP status. */
  readonly data: Maybe<inferErrorShape<TRouterOrProcedure>["data"]>;
  /**
   * More about the error, if any. HTTP errors may have the `response` and
   * its `responseJSON`; a failed fetch or unparsable response may have
   * neither.
   */
  meta: Record<string, unknown> | undefined;
  constructor(
    message: string,
    opts?: {
      cause?: Error;
      meta?: Record<string, unknown>;
      result?: Maybe<TRPCErrorResponse<inferErrorShape<TRouterOrProcedure>>>;
    },
  );
  /**
   * Turns an error response, an `Error` or another object into a
   * `TRPCClientError`. A `TRPCClientError` is returned as it is.
   */
  static from<TRouterOrProcedure extends InferrableClientTypes>(
    _cause: Error | TRPCErrorResponse<any> | object,
    opts?: {
      cause?: Error;
      meta?: Record<string, unknown>;
    },
  ): TRPCClientError<TRouterOrProcedure>;
}
interface OperationContext extends Record<string, unknown> {}
type Operation<TInput = unknown> = {
  context: OperationContext;
  /** A number unique to the call within its client. */
  id: number;
  input: TInput;
  path: string;
  signal: Maybe<AbortSignal>;
  type: "mutation" | "query" | "subscription";
};
interface TRPCClientRuntime {}
interface OperationResultEnvelope<TOutput, TError> {
  result: TRPCResultMessage<TOutput>["result"] | TRPCSuccessResponse<TOutput>["result"] | TRPCConnectionState<TError>;
  context?: OperationContext;
}
type OperationResultObservable<TInferrable extends InferrableClientTypes, TOutput> = Observable<
  OperationResultEnvelope<TOutput, TRPCClientError<TInferrable>>,
  TRPCClientError<TInferrable>
>;
type OperationLink<TInferrable extends InferrableClientTypes, TInput = unknown, TOutput = unknown> = (opts: {
  next: (op: Operation<TInput>) => OperationResultObservable<TInferrable, TOutput>;
  op: Operation<TInput>;
}) => OperationResultObservable<TInferrable, TOutput>;
type TRPCLink<TInferrable extends InferrableClientTypes> = (opts: TRPCClientRuntime) => OperationLink<TInferrable>;
interface TRPCRequestOptions {
  /**
   * Context for the links, such as a flag a `splitLink` reads.
   * @see https://trpc.io/docs/client/links#managing-context
   */
  context?: OperationContext;
  /**
   * Aborts the call. With `httpBatchLink`, the request is only aborted once
   * every call in its batch is, so an aborted call can still get a result.
   */
  signal?: AbortSignal;
}
interface TRPCSubscriptionObserver<TValue, TError> {
  /** Called when the link sends a `started` result. */
  onStarted: (opts: { context: OperationContext | undefined }) => void;
  /** Called with each event. */
  onData: (value: inferAsyncIterableYield<TValue>) => void;
  /** Called when the subscription ends with an error. */
  onError: (err: TError) => void;
  /**
   * Called when the link sends a `stopped` result. Not every link sends
   * one; `localLink` doesn't.
   */
  onStopped: () => void;
  /** Called when the subscription's observable completes, for any reason. */
  onComplete: () => void;
  /** Called when the connection connects, drops or reconnects. */
  onConnectionStateChange: (state: TRPCConnectionState<TError>) => void;
}
type ObserverKey = keyof TRPCSubscriptionObserver<unknown, unknown>;
type TRPCSubscriptionWithoutCallbacks<TOpts> = TOpts & {
  [TKey in ObserverKey]?: never;
} & {
  [TKey in keyof TOpts & ObserverKey]: never;
};
type TRPCSubscriptionCallbacks<TValue, TError> = Partial<TRPCSubscriptionObserver<TValue, TError>> &
  {
    [TKey in ObserverKey]: Pick<TRPCSubscriptionObserver<TValue, TError>, TKey>;
  }[ObserverKey];
type CreateTRPCClientOptions<TRouter extends InferrableClientTypes> = {
  /**
   * The links each call goes through, in order. The last one must send
   * the call, such as `httpBatchLink`.
   * @see https://trpc.io/docs/client/links
   */
  links: TRPCLink<TRouter>[];
  transformer?: TypeError$1<"The transformer property has moved to httpLink/httpBatchLink/wsLink">;
};
declare class TRPCUntypedClient<TInferrable extends InferrableClientTypes> {
  private readonly links;
  readonly runtime: TRPCClientRuntime;
  private requestId;
  constructor(opts: CreateTRPCClientOptions<TInferrable>);
  private $request;
  private requestAsPromise;
  /** Calls a query. */
  query(path: string, input?: unknown, opts?: TRPCRequestOptions): Promise<unknown>;
  /** Calls a mutation. */
  mutation(path: string, input?: unknown, opts?: TRPCRequestOptions): Promise<unknown>;
  /**
   * Starts a subscription. With callbacks, returns what stops it. Without,
   * returns an async iterator to read it with `for await`, which `signal`,
   * `break` or `return()` stops. It can be iterated once.
   * @see https://trpc.io/docs/client/vanilla/setup#5-use-subscriptions
   */
  subscription(
    path: string,
    input: unknown,
    opts: TRPCSubscriptionCallbacks<unknown, TRPCClientError<AnyRouter>> & TRPCRequestOptions,
  ): Unsubscribable;
  subscription<
    TOpts extends TRPCRequestOptions &
      Partial<TRPCSubscriptionObserver<unknown, TRPCClientError<AnyRouter>>> = TRPCRequestOptions,
  >(path: string, input: unknown, opts?: TRPCSubscriptionWithoutCallbacks<TOpts>): AsyncIterableIterator<unknown>;
}
declare const errorShapeTag: unique symbol;
type TRPCTaggedPromise<TData, TErrorShape> = Promise<TData> & {
  readonly [errorShapeTag]: TErrorShape;
};
declare const untypedClientSymbol: unique symbol;
type TRPCClient<TRouter extends AnyRouter> = DecoratedProcedureRecord<
  {
    errorShape: TRouter["_def"]["_config"]["$types"]["errorShape"];
    transformer: TRouter["_def"]["_config"]["$types"]["transformer"];
  },
  TRouter["_def"]["record"]
> & {
  [untypedClientSymbol]: TRPCUntypedClient<TRouter>;
};
type TRPCResolverDef = {
  errorShape: any;
  input: any;
  output: any;
  transformer: boolean;
};
type coerceAsyncGeneratorToIterable<T> =
  T extends AsyncGenerator<infer $T, infer $Return, infer $Next> ? AsyncIterable<$T, $Return, $Next> : T;
type Resolver<TDef extends TRPCResolverDef> = (
  input: TDef["input"],
  opts?: TRPCProcedureOptions,
) => TRPCTaggedPromise<coerceAsyncGeneratorToIterable<TDef["output"]>, TDef["errorShape"]>;
type SubscriptionResolver<TDef extends TRPCResolverDef> = {
  (
    input: TDef["input"],
    opts: TRPCSubscriptionCallbacks<TDef["output"], TRPCClientError<TDef>> & TRPCProcedureOptions,
  ): Unsubscribable;
  <
    TOpts extends TRPCProcedureOptions &
      Partial<TRPCSubscriptionObserver<TDef["output"], TRPCClientError<TDef>>> = TRPCProcedureOptions,
  >(
    input: TDef["input"],
    opts?: TRPCSubscriptionWithoutCallbacks<TOpts>,
  ): AsyncIterableIterator<inferAsyncIterableYield<TDef["output"]>>;
};
type DecorateProcedure<TType extends ProcedureType, TDef extends TRPCResolverDef> = TType extends "query"
  ? {
      query: Resolver<TDef>;
    }
  : TType extends "mutation"
    ? {
        mutate: Resolver<TDef>;
      }
    : TType extends "subscription"
      ? {
          subscribe: SubscriptionResolver<TDef>;
        }
      : never;
type DecoratedProcedureRecord<TRoot extends InferrableClientTypes, TRecord extends RouterRecord> = {
  [TKey in keyof TRecord]: TRecord[TKey] extends infer $Value
    ? $Value extends AnyProcedure
      ? DecorateProcedure<
          $Value["_def"]["type"],
          {
            errorShape: inferProcedureErrorShape<TRoot, $Value>;
            input: inferProcedureInput<$Value>;
            output: inferTransformedProcedureOutput<inferClientTypes<TRoot>, $Value>;
            transformer: inferClientTypes<TRoot>["transformer"];
          }
        >
      : $Value extends RouterRecord
        ? DecoratedProcedureRecord<TRoot, $Value>
        : never
    : never;
};
export interface SipprotClientOptions {
  /** Where the control server or the pages are: `http://127.0.0.1:8081`, `https://pbx.example:8443`. */
  readonly url: string;
  /** A token as `sipprot token create` shows it. It is sent in the Authorization header and nowhere else. */
  readonly token: string;
  /** For a certificate that no public authority signed: it, or its authority's, as PEM. */
  readonly ca?: string;
  /** Or its SHA-256 fingerprint, as `openssl x509 -noout -fingerprint -sha256` shows it; then the name does not matter. */
  readonly fingerprint?: string;
  /** A call that has no answer after this fails; 30,000 if not given. Subscriptions have no end. */
  readonly timeoutMs?: number;
}
declare const guardKinds: readonly ["everything", "own", "loopback", "host", "pbx", "caller", "protected", "allowlist"];
type GuardKind = (typeof guardKinds)[number];
interface GuardFact {
  readonly kind: GuardKind;
  /** The network that is guarded, which holds the refused one or is held by it. */
  readonly network?: string;
}
declare const errorCodes: readonly [
  "bad-address",
  "bad-network",
  "bad-setting",
  "bad-boot-setting",
  "bad-list-entry",
  "guarded-network",
  "not-found",
  "already-there",
  "store-unreachable",
  "control-away",
  "not-permitted",
  "missing-program",
  "kernel-refused",
  "bad-date",
  "bad-notification",
  "channel-failed",
  "bad-feed",
  "bad-backup",
  "bad-key-file",
  "sealed-secret",
  "bad-input",
  "too-large",
  "too-many-requests",
  "cross-site",
  "not-signed-in",
  "wrong-credentials",
  "too-many-attempts",
  "second-factor-needed",
  "wrong-second-factor",
  "password-change-needed",
  "changed-meanwhile",
  "weak-password",
  "account-disabled",
  "last-administrator",
  "confirmation-needed",
  "taken-back",
  "change-pending",
  "lock-out",
  "bad-picture",
  "unexpected",
];
type ErrorCode = (typeof errorCodes)[number];
interface ErrorFacts {
  readonly field?: string;
  readonly value?: string;
  readonly expected?: string;
  readonly remedy?: string;
  /** When it is worth trying again, in milliseconds from now. */
  readonly waitMs?: number;
  /** What a guard protects, with `guarded-network`. */
  readonly guard?: GuardFact;
}
interface ErrorData {
  readonly code: ErrorCode;
  readonly httpStatus: number;
  readonly path: string | undefined;
  readonly facts: ErrorFacts;
  /** What is wrong with which part of the input. */
  readonly fields?: ReadonlyArray<{
    readonly field: string;
    readonly message: string;
  }>;
}
interface ErrorShape {
  readonly code: TRPC_ERROR_CODE_NUMBER;
  /** One English sentence, for logs; pages translate by `data.code`. */
  readonly message: string;
  readonly data: ErrorData;
}
type Right = "administrator" | "anyone" | "operator" | "self" | "settled self" | "viewer";
interface ProcedureMeta {
  readonly right: Right;
}
declare const procedures: {
  audit: {
    export: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        after?: string | undefined;
        filter?:
          | {
              action?: string | undefined;
              by?: string | undefined;
              outcome?: "done" | "failed" | undefined;
              search?: string | undefined;
              sinceMs?: number | undefined;
              untilMs?: number | undefined;
            }
          | undefined;
        format: "csv" | "jsonl";
      };
      meta: ProcedureMeta;
      output: {
        next?: string | undefined;
        text: string;
      };
    }>;
    page: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        descending?: boolean | undefined;
        filter?:
          | {
              action?: string | undefined;
              by?: string | undefined;
              outcome?: "done" | "failed" | undefined;
              search?: string | undefined;
              sinceMs?: number | undefined;
              untilMs?: number | undefined;
            }
          | undefined;
        page?: number | undefined;
        size?: number | undefined;
        sort?: "atMs" | undefined;
      };
      meta: ProcedureMeta;
      output: {
        asOfMs: number;
        rows: {
          action: string;
          after?: string | undefined;
          atMs: number;
          before?: string | undefined;
          by: string;
          from: string;
          id: string;
          input?: string | undefined;
          outcome: string;
        }[];
        total: number;
      };
    }>;
  };
  auth: {
    allSessions: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        address: string;
        agent: string;
        createdAtMs: number;
        endsAtMs: number;
        id: string;
        isCurrent: boolean;
        seenAtMs: number;
        user: string;
      }[];
    }>;
    changePassword: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        code?: string | undefined;
        newPassword: string;
        password: string;
      };
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
    confirmSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        code: string;
      };
      meta: ProcedureMeta;
      output: {
        recoveryCodes: string[];
      };
    }>;
    me: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
    offerSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        password: string;
      };
      meta: ProcedureMeta;
      output: {
        secret: string;
        uri: string;
      };
    }>;
    removeSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        code: string;
        password: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
    renewRecoveryCodes: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        code: string;
        password: string;
      };
      meta: ProcedureMeta;
      output: {
        recoveryCodes: string[];
      };
    }>;
    revokeAnySession: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
    revokeOtherSessions: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        ended: number;
      };
    }>;
    revokeSession: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
    sessions: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        address: string;
        agent: string;
        createdAtMs: number;
        endsAtMs: number;
        id: string;
        isCurrent: boolean;
        seenAtMs: number;
        user: string;
      }[];
    }>;
    setPreferences: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        colorScheme?: "auto" | "dark" | "light" | undefined;
        language?: "en" | "fr" | undefined;
        timeZone?: string | undefined;
      };
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
    signIn: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        code?: string | undefined;
        name: string;
        password: string;
      };
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
    signOut: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: void;
    }>;
  };
  blocks: {
    evidence: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        block: string;
      };
      meta: ProcedureMeta;
      output: {
        account?: string | undefined;
        agent: string;
        country?: string | undefined;
        endpoint: string;
        evidence: {
          atMs: number;
          from: string;
          text: string;
          transport: "tcp" | "tls" | "udp";
        }[];
        explanation: string;
        gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
        host: string;
        inKernel: boolean;
        key: string;
        place: {
          code: string;
          name: string;
        };
        proven: boolean;
        reason:
          | {
              gate: "denied";
              network: string;
            }
          | {
              because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
              gate: "blocked";
              untilMs: number;
            }
          | {
              country: string;
              gate: "country";
              mode: "allow" | "deny";
            }
          | {
              burstMessages: number;
              gate: "flood";
              messagesPerSecond: number;
              of?: "strangers" | undefined;
            }
          | {
              flaw: string;
              gate: "malformed";
            }
          | {
              agent: string;
              gate: "scanner";
              pattern: string;
            }
          | {
              account?: string | undefined;
              gate: "guessing";
              kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
              limit: number;
              seen: number;
              windowSeconds: number;
            };
        refused: number;
        secondsLeft: number;
        sinceMs: number;
        source: string;
        strikes: number;
        transport: "tcp" | "tls" | "udp";
        untilMs: number;
      };
    }>;
    find: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        blocks: string[];
      };
      meta: ProcedureMeta;
      output: string[];
    }>;
    lift: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        blocks: string[];
      };
      meta: ProcedureMeta;
      output: {
        hosts: {
          hasApplied: boolean;
          host: string;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
        lifted: string[];
        stillDenied: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        }[];
      };
    }>;
    liftAndAllow: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        block: string;
        hours: number;
        note?: string | undefined;
      };
      meta: ProcedureMeta;
      output: {
        entry: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        };
        hosts: {
          hasApplied: boolean;
          host: string;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
        lifted: string[];
        stillDenied: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        }[];
      };
    }>;
    liftMatching: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        except?: string[] | undefined;
        filter?:
          | {
              countries?: string[] | undefined;
              endpoint?: string | undefined;
              gate?:
                | "allowed"
                | "blocked"
                | "country"
                | "denied"
                | "flood"
                | "guessing"
                | "malformed"
                | "scanner"
                | undefined;
              isAccountOnly?: boolean | undefined;
              search?: string | undefined;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      output: {
        hosts: {
          hasApplied: boolean;
          host: string;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
        lifted: number;
      };
    }>;
    page: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        descending?: boolean | undefined;
        filter?:
          | {
              countries?: string[] | undefined;
              endpoint?: string | undefined;
              gate?:
                | "allowed"
                | "blocked"
                | "country"
                | "denied"
                | "flood"
                | "guessing"
                | "malformed"
                | "scanner"
                | undefined;
              isAccountOnly?: boolean | undefined;
              search?: string | undefined;
            }
          | undefined;
        page?: number | undefined;
        size?: number | undefined;
        sort?: "address" | "agent" | "country" | "gate" | "refused" | "since" | "strikes" | "until" | undefined;
      };
      meta: ProcedureMeta;
      output: {
        asOfMs: number;
        rows: {
          account?: string | undefined;
          agent: string;
          country?: string | undefined;
          endpoint: string;
          explanation: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          host: string;
          inKernel: boolean;
          key: string;
          place: {
            code: string;
            name: string;
          };
          proven: boolean;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
                gate: "blocked";
                untilMs: number;
              }
            | {
                country: string;
                gate: "country";
                mode: "allow" | "deny";
              }
            | {
                burstMessages: number;
                gate: "flood";
                messagesPerSecond: number;
                of?: "strangers" | undefined;
              }
            | {
                flaw: string;
                gate: "malformed";
              }
            | {
                agent: string;
                gate: "scanner";
                pattern: string;
              }
            | {
                account?: string | undefined;
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                limit: number;
                seen: number;
                windowSeconds: number;
              };
          refused: number;
          secondsLeft: number;
          sinceMs: number;
          source: string;
          strikes: number;
          transport: "tcp" | "tls" | "udp";
          untilMs: number;
        }[];
        total: number;
      };
    }>;
  };
  branding: {
    change: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        accent?: string | undefined;
        logo?:
          | {
              file: string;
              plates?: ("dark" | "light")[] | undefined;
            }
          | null
          | undefined;
        productName?: string | undefined;
      };
      meta: ProcedureMeta;
      output: {
        accent: string;
        logo: {
          height: number;
          plates: ("dark" | "light")[];
          type: "image/jpeg" | "image/png" | "image/webp";
          version: string;
          width: number;
        } | null;
        productName: string;
      };
    }>;
    get: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        accent: string;
        logo: {
          height: number;
          plates: ("dark" | "light")[];
          type: "image/jpeg" | "image/png" | "image/webp";
          version: string;
          width: number;
        } | null;
        productName: string;
      };
    }>;
    logo: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        file: string;
        type: "image/jpeg" | "image/png" | "image/webp";
        version: string;
      } | null;
    }>;
  };
  events: {
    export: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        filter?:
          | {
              except?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              only?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        format: "csv" | "json";
        fromMs?: number | undefined;
        next?:
          | {
              place: string;
              rows: number;
            }
          | undefined;
        toMs?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        next?:
          | {
              place: string;
              rows: number;
            }
          | undefined;
        rows: number;
        text: string;
      };
    }>;
    latest: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        beforeId?: string | undefined;
        maxBatches?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        events: {
          account?: string | undefined;
          agent: string;
          atMs: number;
          count: number;
          country?: string | undefined;
          endpoint: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          host: string;
          kind:
            | "block-began"
            | "block-ended"
            | "block-extended"
            | "denied-for-good"
            | "refused"
            | "sign-in-failed"
            | "stuck-phone"
            | "would-refuse";
          method: string;
          proven: boolean;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
                gate: "blocked";
                untilMs: number;
              }
            | {
                country: string;
                gate: "country";
                mode: "allow" | "deny";
              }
            | {
                burstMessages: number;
                gate: "flood";
                messagesPerSecond: number;
                of?: "strangers" | undefined;
              }
            | {
                flaw: string;
                gate: "malformed";
              }
            | {
                agent: string;
                gate: "scanner";
                pattern: string;
              }
            | {
                account?: string | undefined;
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                limit: number;
                seen: number;
                windowSeconds: number;
              };
          source: string;
          transport: "tcp" | "tls" | "udp";
        }[];
        id: string;
      }[];
    }>;
    live: import("@trpc/server").TRPCSubscriptionProcedure<{
      errorShape: ErrorShape;
      input:
        | {
            lastEventId?: string | undefined;
          }
        | undefined;
      meta: ProcedureMeta;
      output: AsyncIterable<
        import("@trpc/server/unstable-core-do-not-import").TrackedData<
          {
            account?: string | undefined;
            agent: string;
            atMs: number;
            count: number;
            country?: string | undefined;
            endpoint: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            host: string;
            kind:
              | "block-began"
              | "block-ended"
              | "block-extended"
              | "denied-for-good"
              | "refused"
              | "sign-in-failed"
              | "stuck-phone"
              | "would-refuse";
            method: string;
            proven: boolean;
            reason:
              | {
                  gate: "denied";
                  network: string;
                }
              | {
                  because:
                    | "allowed"
                    | "blocked"
                    | "country"
                    | "denied"
                    | "flood"
                    | "guessing"
                    | "malformed"
                    | "scanner";
                  gate: "blocked";
                  untilMs: number;
                }
              | {
                  country: string;
                  gate: "country";
                  mode: "allow" | "deny";
                }
              | {
                  burstMessages: number;
                  gate: "flood";
                  messagesPerSecond: number;
                  of?: "strangers" | undefined;
                }
              | {
                  flaw: string;
                  gate: "malformed";
                }
              | {
                  agent: string;
                  gate: "scanner";
                  pattern: string;
                }
              | {
                  account?: string | undefined;
                  gate: "guessing";
                  kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                  limit: number;
                  seen: number;
                  windowSeconds: number;
                };
            source: string;
            transport: "tcp" | "tls" | "udp";
          }[]
        >,
        any,
        any
      >;
    }>;
    offerRule: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        filter?:
          | {
              except?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              only?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        fromMs?: number | undefined;
        rule:
          | {
              kind: "deny-sources";
            }
          | {
              agent: string;
              kind: "block-agent";
            }
          | {
              country: string;
              kind: "deny-country";
            };
        toMs?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        dangers: ("allow-mode" | "last-allowed-country" | "phones" | "short-agent" | "whole-host" | "your-country")[];
        isWhole: boolean;
        messages: number;
        patch?:
          | {
              blockedAgents?: string[] | undefined;
              geoCountries?: string[] | undefined;
              geoMode?: "allow" | "deny" | "off" | undefined;
            }
          | undefined;
        phones: {
          accounts: number;
          named: string[];
          sources: number;
        };
        sinceMs: number;
        sources: {
          country: string;
          lastMs: number;
          messages: number;
          source: string;
          standing: "allowed" | "denied-already" | "guarded" | "has-phones" | "open";
        }[];
        sourcesTotal: number;
      };
    }>;
    page: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        filter?:
          | {
              except?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              only?:
                | {
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    gates?:
                      | (
                          | "allowed"
                          | "blocked"
                          | "country"
                          | "denied"
                          | "flood"
                          | "guessing"
                          | "malformed"
                          | "scanner"
                        )[]
                      | undefined;
                    hosts?: string[] | undefined;
                    kinds?:
                      | (
                          | "block-began"
                          | "block-ended"
                          | "block-extended"
                          | "denied-for-good"
                          | "refused"
                          | "sign-in-failed"
                          | "stuck-phone"
                          | "would-refuse"
                        )[]
                      | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        fromMs?: number | undefined;
        limit?: number | undefined;
        place?: string | undefined;
        toMs?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        hasDropped: boolean;
        heldSinceMs?: number | undefined;
        next?: string | undefined;
        rows: {
          event: {
            account?: string | undefined;
            agent: string;
            atMs: number;
            count: number;
            country?: string | undefined;
            endpoint: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            host: string;
            kind:
              | "block-began"
              | "block-ended"
              | "block-extended"
              | "denied-for-good"
              | "refused"
              | "sign-in-failed"
              | "stuck-phone"
              | "would-refuse";
            method: string;
            proven: boolean;
            reason:
              | {
                  gate: "denied";
                  network: string;
                }
              | {
                  because:
                    | "allowed"
                    | "blocked"
                    | "country"
                    | "denied"
                    | "flood"
                    | "guessing"
                    | "malformed"
                    | "scanner";
                  gate: "blocked";
                  untilMs: number;
                }
              | {
                  country: string;
                  gate: "country";
                  mode: "allow" | "deny";
                }
              | {
                  burstMessages: number;
                  gate: "flood";
                  messagesPerSecond: number;
                  of?: "strangers" | undefined;
                }
              | {
                  flaw: string;
                  gate: "malformed";
                }
              | {
                  agent: string;
                  gate: "scanner";
                  pattern: string;
                }
              | {
                  account?: string | undefined;
                  gate: "guessing";
                  kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                  limit: number;
                  seen: number;
                  windowSeconds: number;
                };
            source: string;
            transport: "tcp" | "tls" | "udp";
          };
          key: string;
        }[];
        searchedToMs: number;
      };
    }>;
  };
  explain: {
    address: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        address: string;
      };
      meta: ProcedureMeta;
      output: {
        accounts: {
          account: string;
          agent: string;
          isStuckPhone: boolean;
          untilMs: number;
        }[];
        address: string;
        allow: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        }[];
        blocks: {
          account?: string | undefined;
          agent: string;
          country?: string | undefined;
          endpoint: string;
          evidence: {
            atMs: number;
            from: string;
            text: string;
            transport: "tcp" | "tls" | "udp";
          }[];
          explanation: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          host: string;
          inKernel: boolean;
          key: string;
          place: {
            code: string;
            name: string;
          };
          proven: boolean;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
                gate: "blocked";
                untilMs: number;
              }
            | {
                country: string;
                gate: "country";
                mode: "allow" | "deny";
              }
            | {
                burstMessages: number;
                gate: "flood";
                messagesPerSecond: number;
                of?: "strangers" | undefined;
              }
            | {
                flaw: string;
                gate: "malformed";
              }
            | {
                agent: string;
                gate: "scanner";
                pattern: string;
              }
            | {
                account?: string | undefined;
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                limit: number;
                seen: number;
                windowSeconds: number;
              };
          refused: number;
          secondsLeft: number;
          sinceMs: number;
          source: string;
          strikes: number;
          transport: "tcp" | "tls" | "udp";
          untilMs: number;
        }[];
        changes: {
          account?: string | undefined;
          atMs: number;
          by: string;
          kind: "block-lift" | "list-put" | "list-remove";
          list?: "allow" | "deny" | undefined;
          network: string;
          note?: string | undefined;
        }[];
        deny: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        }[];
        events: {
          account?: string | undefined;
          agent: string;
          atMs: number;
          count: number;
          country?: string | undefined;
          endpoint: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          host: string;
          kind:
            | "block-began"
            | "block-ended"
            | "block-extended"
            | "denied-for-good"
            | "refused"
            | "sign-in-failed"
            | "stuck-phone"
            | "would-refuse";
          method: string;
          proven: boolean;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
                gate: "blocked";
                untilMs: number;
              }
            | {
                country: string;
                gate: "country";
                mode: "allow" | "deny";
              }
            | {
                burstMessages: number;
                gate: "flood";
                messagesPerSecond: number;
                of?: "strangers" | undefined;
              }
            | {
                flaw: string;
                gate: "malformed";
              }
            | {
                agent: string;
                gate: "scanner";
                pattern: string;
              }
            | {
                account?: string | undefined;
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                limit: number;
                seen: number;
                windowSeconds: number;
              };
          source: string;
          transport: "tcp" | "tls" | "udp";
        }[];
        eventsSinceMs: number;
        hasDropped: boolean;
        heldSinceMs?: number | undefined;
        isObserving: boolean;
        lastStrikeAtMs?: number | undefined;
        liftedAtMs?: number | undefined;
        place: {
          code: string;
          name: string;
        };
        source: string;
        strikes: number;
        verdict: "account-blocked" | "allowed" | "blocked" | "country-refused" | "denied" | "judged-by-message";
      };
    }>;
  };
  feeds: {
    add: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        column?: number | undefined;
        id: string;
        intervalMinutes?: number | undefined;
        isOn?: boolean | undefined;
        name: string;
        note?: string | undefined;
        url: string;
      };
      meta: ProcedureMeta;
      output: {
        feed: {
          column: number;
          id: string;
          intervalMinutes: number;
          isOn: boolean;
          name: string;
          note: string;
          url: string;
        };
        status: {
          allowed: number;
          badLines: number;
          detail: string;
          entries: number;
          failure?:
            | {
                kind:
                  | "answer"
                  | "compressed"
                  | "cut-off"
                  | "empty"
                  | "late"
                  | "list-full"
                  | "no-list"
                  | "other"
                  | "own-address"
                  | "redirected-inside"
                  | "redirected-nowhere"
                  | "redirected-too-often"
                  | "redirected-unsafe"
                  | "reserved"
                  | "too-large"
                  | "too-many"
                  | "too-wide"
                  | "unreachable";
                value: string;
              }
            | undefined;
          fetchedAtMs?: number | undefined;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
          nextTryAtMs?: number | undefined;
          state: "failed" | "leaving" | "ok" | "waiting";
          triedAtMs?: number | undefined;
        };
        work?:
          | {
              sinceMs: number;
              stage: "applying" | "fetching" | "leaving";
            }
          | undefined;
      }[];
    }>;
    fetchNow: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: {
        feed: {
          column: number;
          id: string;
          intervalMinutes: number;
          isOn: boolean;
          name: string;
          note: string;
          url: string;
        };
        status: {
          allowed: number;
          badLines: number;
          detail: string;
          entries: number;
          failure?:
            | {
                kind:
                  | "answer"
                  | "compressed"
                  | "cut-off"
                  | "empty"
                  | "late"
                  | "list-full"
                  | "no-list"
                  | "other"
                  | "own-address"
                  | "redirected-inside"
                  | "redirected-nowhere"
                  | "redirected-too-often"
                  | "redirected-unsafe"
                  | "reserved"
                  | "too-large"
                  | "too-many"
                  | "too-wide"
                  | "unreachable";
                value: string;
              }
            | undefined;
          fetchedAtMs?: number | undefined;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
          nextTryAtMs?: number | undefined;
          state: "failed" | "leaving" | "ok" | "waiting";
          triedAtMs?: number | undefined;
        };
        work?:
          | {
              sinceMs: number;
              stage: "applying" | "fetching" | "leaving";
            }
          | undefined;
      }[];
    }>;
    list: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        feed: {
          column: number;
          id: string;
          intervalMinutes: number;
          isOn: boolean;
          name: string;
          note: string;
          url: string;
        };
        status: {
          allowed: number;
          badLines: number;
          detail: string;
          entries: number;
          failure?:
            | {
                kind:
                  | "answer"
                  | "compressed"
                  | "cut-off"
                  | "empty"
                  | "late"
                  | "list-full"
                  | "no-list"
                  | "other"
                  | "own-address"
                  | "redirected-inside"
                  | "redirected-nowhere"
                  | "redirected-too-often"
                  | "redirected-unsafe"
                  | "reserved"
                  | "too-large"
                  | "too-many"
                  | "too-wide"
                  | "unreachable";
                value: string;
              }
            | undefined;
          fetchedAtMs?: number | undefined;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
          nextTryAtMs?: number | undefined;
          state: "failed" | "leaving" | "ok" | "waiting";
          triedAtMs?: number | undefined;
        };
        work?:
          | {
              sinceMs: number;
              stage: "applying" | "fetching" | "leaving";
            }
          | undefined;
      }[];
    }>;
    put: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        column?: number | undefined;
        id: string;
        intervalMinutes?: number | undefined;
        isOn?: boolean | undefined;
        name: string;
        note?: string | undefined;
        seen?:
          | {
              column?: number | undefined;
              id: string;
              intervalMinutes?: number | undefined;
              isOn?: boolean | undefined;
              name: string;
              note?: string | undefined;
              url: string;
            }
          | undefined;
        url: string;
      };
      meta: ProcedureMeta;
      output: {
        feed: {
          column: number;
          id: string;
          intervalMinutes: number;
          isOn: boolean;
          name: string;
          note: string;
          url: string;
        };
        status: {
          allowed: number;
          badLines: number;
          detail: string;
          entries: number;
          failure?:
            | {
                kind:
                  | "answer"
                  | "compressed"
                  | "cut-off"
                  | "empty"
                  | "late"
                  | "list-full"
                  | "no-list"
                  | "other"
                  | "own-address"
                  | "redirected-inside"
                  | "redirected-nowhere"
                  | "redirected-too-often"
                  | "redirected-unsafe"
                  | "reserved"
                  | "too-large"
                  | "too-many"
                  | "too-wide"
                  | "unreachable";
                value: string;
              }
            | undefined;
          fetchedAtMs?: number | undefined;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
          nextTryAtMs?: number | undefined;
          state: "failed" | "leaving" | "ok" | "waiting";
          triedAtMs?: number | undefined;
        };
        work?:
          | {
              sinceMs: number;
              stage: "applying" | "fetching" | "leaving";
            }
          | undefined;
      }[];
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: {
        feed: {
          column: number;
          id: string;
          intervalMinutes: number;
          isOn: boolean;
          name: string;
          note: string;
          url: string;
        };
        status: {
          allowed: number;
          badLines: number;
          detail: string;
          entries: number;
          failure?:
            | {
                kind:
                  | "answer"
                  | "compressed"
                  | "cut-off"
                  | "empty"
                  | "late"
                  | "list-full"
                  | "no-list"
                  | "other"
                  | "own-address"
                  | "redirected-inside"
                  | "redirected-nowhere"
                  | "redirected-too-often"
                  | "redirected-unsafe"
                  | "reserved"
                  | "too-large"
                  | "too-many"
                  | "too-wide"
                  | "unreachable";
                value: string;
              }
            | undefined;
          fetchedAtMs?: number | undefined;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
          nextTryAtMs?: number | undefined;
          state: "failed" | "leaving" | "ok" | "waiting";
          triedAtMs?: number | undefined;
        };
        work?:
          | {
              sinceMs: number;
              stage: "applying" | "fetching" | "leaving";
            }
          | undefined;
      }[];
    }>;
  };
  hosts: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        endpoints: string[];
        health: {
          detail: string;
          part: "data-path" | "geo" | "kernel-bans" | "kernel-steering" | "pbx" | "redis" | "snapshot";
          sinceMs: number;
          state: "degraded" | "failed" | "off" | "ok";
        }[];
        isHere: boolean;
        isInStep: boolean;
        isProtected: boolean;
        isSilent: boolean;
        lastChangeId: string;
        load?:
          | {
              connections: number;
              machineLoad: number;
              medianLatencyMicroseconds?: number | undefined;
              memoryBytes: number;
              messagesPerSecond: number;
              processors: number;
              refusedPerSecond: number;
              slowestLatencyMicroseconds?: number | undefined;
              sources: number;
            }
          | undefined;
        name: string;
        path: "relay" | "transparent";
        seen?:
          | {
              answerAtMs: number;
              messageAtMs: number;
            }
          | undefined;
        seenAtMs: number;
        startedAtMs: number;
        version: string;
        workers: number;
      }[];
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        name: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
  };
  lists: {
    add: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        forSeconds?: number | undefined;
        list: "allow" | "deny";
        networks: string[];
        note?: string | undefined;
        onlyNew?: boolean | undefined;
      };
      meta: ProcedureMeta;
      output: {
        added: number;
        liftedBlocks: string[];
        networks: string[];
        stillAllowed: string[];
        updated: number;
      };
    }>;
    consider: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      meta: ProcedureMeta;
      output: {
        addresses: number;
        blocks: number;
        guard?:
          | {
              kind: "allowlist" | "caller" | "everything" | "host" | "loopback" | "own" | "pbx" | "protected";
              network?: string | undefined;
            }
          | undefined;
        heldBy?:
          | {
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
              network: string;
              note: string;
            }
          | undefined;
        inside: number;
        isWide: boolean;
        network: string;
        otherHolds?:
          | {
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
              network: string;
              note: string;
            }
          | undefined;
        otherInside: number;
        present?:
          | {
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
              network: string;
              note: string;
            }
          | undefined;
      }[];
    }>;
    counts: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        allow: number;
        deny: number;
      };
    }>;
    edit: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        expiresAtSeconds?: number | null | undefined;
        list: "allow" | "deny";
        network: string;
        note?: string | undefined;
        seen?:
          | {
              expiresAtSeconds: number | null;
              note: string;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      output: {
        after: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        };
        before: {
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        };
      };
    }>;
    export: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        place?:
          | {
              after: string;
              withExpiry: boolean;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      output: {
        csv: string;
        next?:
          | {
              after: string;
              withExpiry: boolean;
            }
          | undefined;
      };
    }>;
    fileBegin: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        purpose: "import" | "import-trial" | "removal" | "removal-trial";
      };
      meta: ProcedureMeta;
      output: {
        file: string;
      };
    }>;
    fileEnd: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        file: string;
      };
      meta: ProcedureMeta;
      output: {
        added: number;
        bad: {
          detail: string;
          flaw:
            | "bad-network"
            | "bad-time"
            | "expired"
            | "guarded-network"
            | "list-full"
            | "name-too-long"
            | "not-on-the-list"
            | "note-too-long"
            | "quote-not-closed"
            | "record-too-long"
            | "stray-quote"
            | "too-many-cells";
          line: number;
          text: string;
        }[];
        badCount: number;
        bytes: number;
        records: number;
        removed: number;
        sample?:
          | {
              line: number;
              network: string;
              note: string;
            }[]
          | undefined;
        undo?: string | undefined;
        updated: number;
      };
    }>;
    filePush: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        data: string;
        file: string;
        number: number;
      };
      meta: ProcedureMeta;
      output: {
        added: number;
        bad: {
          detail: string;
          flaw:
            | "bad-network"
            | "bad-time"
            | "expired"
            | "guarded-network"
            | "list-full"
            | "name-too-long"
            | "not-on-the-list"
            | "note-too-long"
            | "quote-not-closed"
            | "record-too-long"
            | "stray-quote"
            | "too-many-cells";
          line: number;
          text: string;
        }[];
        badCount: number;
        bytes: number;
        records: number;
        removed: number;
        sample?:
          | {
              line: number;
              network: string;
              note: string;
            }[]
          | undefined;
        undo?: string | undefined;
        updated: number;
      };
    }>;
    find: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      meta: ProcedureMeta;
      output: {
        addedAtSeconds: number;
        addedBy: string;
        country: {
          code: string;
          name: string;
        };
        expiresAtSeconds?: number | undefined;
        network: string;
        note: string;
      }[];
    }>;
    offerRemoveAll: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        filter?:
          | {
              containing?: string | undefined;
              countries?: string[] | undefined;
              network?: string | undefined;
              note?: string | undefined;
              prefix?: string | undefined;
              search?: string | undefined;
            }
          | undefined;
        list: "allow" | "deny";
      };
      meta: ProcedureMeta;
      output: {
        confirmation: string;
        count: number;
        endsAtMs: number;
      };
    }>;
    page: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        descending?: boolean | undefined;
        filter?:
          | {
              containing?: string | undefined;
              countries?: string[] | undefined;
              network?: string | undefined;
              note?: string | undefined;
              prefix?: string | undefined;
              search?: string | undefined;
            }
          | undefined;
        list: "allow" | "deny";
        page?: number | undefined;
        size?: number | undefined;
        sort?: "addedBy" | "address" | "country" | "expiry" | "note" | "time" | undefined;
      };
      meta: ProcedureMeta;
      output: {
        asOfMs: number;
        rows: {
          addedAtSeconds: number;
          addedBy: string;
          country: {
            code: string;
            name: string;
          };
          expiresAtSeconds?: number | undefined;
          network: string;
          note: string;
        }[];
        total: number;
      };
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      meta: ProcedureMeta;
      output: {
        removed: number;
        undo?: string | undefined;
      };
    }>;
    removeAll: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        confirmation: string;
        except?: string[] | undefined;
        filter?:
          | {
              containing?: string | undefined;
              countries?: string[] | undefined;
              network?: string | undefined;
              note?: string | undefined;
              prefix?: string | undefined;
              search?: string | undefined;
            }
          | undefined;
        list: "allow" | "deny";
      };
      meta: ProcedureMeta;
      output: {
        removed: number;
        undo?: string | undefined;
      };
    }>;
    restore: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        list: "allow" | "deny";
        undo: string;
      };
      meta: ProcedureMeta;
      output: {
        present: number;
        refused: number;
        restored: number;
      };
    }>;
    template: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: string;
    }>;
  };
  notifications: {
    change: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        expected?:
          | {
              attackIntervalMinutes?: number | undefined;
              attackMessagesOn?: boolean | undefined;
              dailySummaryHour?: number | undefined;
              dailySummaryOn?: boolean | undefined;
              language?: "en" | "fr" | undefined;
              mailOn?: boolean | undefined;
              recipients?: string[] | undefined;
              smtp?:
                | {
                    from: string;
                    host: string;
                    port: number;
                    security: "none" | "starttls" | "tls";
                    user?: string | undefined;
                    verifyCertificate?: boolean | undefined;
                  }
                | null
                | undefined;
              timeZone?: string | undefined;
              webhook?:
                | {
                    url: string;
                  }
                | null
                | undefined;
              webhookOn?: boolean | undefined;
            }
          | undefined;
        settings: {
          attackIntervalMinutes?: number | undefined;
          attackMessagesOn?: boolean | undefined;
          dailySummaryHour?: number | undefined;
          dailySummaryOn?: boolean | undefined;
          language?: "en" | "fr" | undefined;
          mailOn?: boolean | undefined;
          recipients?: string[] | undefined;
          smtp?:
            | {
                from: string;
                host: string;
                port: number;
                security: "none" | "starttls" | "tls";
                user?: string | undefined;
                verifyCertificate?: boolean | undefined;
              }
            | null
            | undefined;
          timeZone?: string | undefined;
          webhook?:
            | {
                url: string;
              }
            | null
            | undefined;
          webhookOn?: boolean | undefined;
        };
        smtpPassword?: string | undefined;
        webhookSecret?: string | undefined;
      };
      meta: ProcedureMeta;
      output: {
        channels: {
          channel: "mail" | "webhook";
          detail: string;
          lastSentAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
          sinceMs: number;
          state: "failed" | "off" | "ok" | "unused";
        }[];
        hasSmtpPassword: boolean;
        hasWebhookSecret: boolean;
        settings: {
          attackIntervalMinutes: number;
          attackMessagesOn: boolean;
          dailySummaryHour: number;
          dailySummaryOn: boolean;
          language: "en" | "fr";
          mailOn: boolean;
          recipients: string[];
          smtp: {
            from: string;
            host: string;
            port: number;
            security: "none" | "starttls" | "tls";
            user: string;
            verifyCertificate: boolean;
          } | null;
          timeZone: string;
          webhook: {
            url: string;
          } | null;
          webhookOn: boolean;
        };
      };
    }>;
    get: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        channels: {
          channel: "mail" | "webhook";
          detail: string;
          lastSentAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
          sinceMs: number;
          state: "failed" | "off" | "ok" | "unused";
        }[];
        hasSmtpPassword: boolean;
        hasWebhookSecret: boolean;
        settings: {
          attackIntervalMinutes: number;
          attackMessagesOn: boolean;
          dailySummaryHour: number;
          dailySummaryOn: boolean;
          language: "en" | "fr";
          mailOn: boolean;
          recipients: string[];
          smtp: {
            from: string;
            host: string;
            port: number;
            security: "none" | "starttls" | "tls";
            user: string;
            verifyCertificate: boolean;
          } | null;
          timeZone: string;
          webhook: {
            url: string;
          } | null;
          webhookOn: boolean;
        };
      };
    }>;
    health: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        channel: "mail" | "webhook";
        detail: string;
        lastSentAtMs?: number | undefined;
        nextTryAtMs?: number | undefined;
        sinceMs: number;
        state: "failed" | "off" | "ok" | "unused";
      }[];
    }>;
    history: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        descending?: boolean | undefined;
        filter?: Record<string, never> | undefined;
        page?: number | undefined;
        size?: number | undefined;
        sort?: "atMs" | undefined;
      };
      meta: ProcedureMeta;
      output: {
        asOfMs: number;
        rows: {
          answer: string;
          atMs: number;
          channel: "mail" | "webhook";
          isTaken: boolean;
          kind: "attacks" | "daily-report" | "test";
          subject: string;
        }[];
        total: number;
      };
    }>;
    sendTest: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        channel: "mail" | "webhook";
      };
      meta: ProcedureMeta;
      output: {
        answer: string;
        isTaken: boolean;
      };
    }>;
    testDialogue: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        channel: "mail" | "webhook";
      };
      meta: ProcedureMeta;
      output:
        | {
            begunAtMs: number;
            isOver: boolean;
            lines: {
              atMs: number;
              speaker: "server" | "sipprot";
              text: string;
            }[];
          }
        | undefined;
    }>;
  };
  reports: {
    daily: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        date: string;
      };
      meta: ProcedureMeta;
      output: {
        date: string;
        host: string;
        rows: {
          attacker: string;
          blocks: number;
          country: string;
          countryName: string;
          method: string;
          victim: string;
        }[];
        total: number;
        unnamed: number;
      };
    }>;
    formatted: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        date: string;
        format: "csv" | "html" | "text";
        language?: "en" | "fr" | undefined;
      };
      meta: ProcedureMeta;
      output: string;
    }>;
    mail: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        date: string;
      };
      meta: ProcedureMeta;
      output: {
        answer: string;
        isTaken: boolean;
      };
    }>;
  };
  services: {
    act: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        action: "reload" | "restart" | "start" | "stop";
      };
      meta: ProcedureMeta;
      output: {
        name: string;
        pid: number;
        restarts: number;
        status: string;
      }[];
    }>;
    list: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        name: string;
        pid: number;
        restarts: number;
        status: string;
      }[];
    }>;
  };
  settings: {
    boot: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        configFile: string;
        settings: {
          from: "default" | "environment" | "file";
          isChanged: boolean;
          name: string;
          restart: "control" | "everything" | "proxy" | "redis" | "web";
          value: string;
        }[];
      };
    }>;
    change: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        accountFailuresPerMinute?: number | undefined;
        blockRuleFailuresPerMinute?: number | undefined;
        blockThreshold?: number | undefined;
        blockedAgents?: string[] | undefined;
        dnsProtectionOn?: boolean | undefined;
        dynamicBlockSeconds?: number | undefined;
        enumerationAccountsPerMinute?: number | undefined;
        failOpen?: boolean | undefined;
        floodBurstMessages?: number | undefined;
        floodMessagesPerSecond?: number | undefined;
        forbiddenCountsAsFailure?: boolean | undefined;
        geoCountries?: string[] | undefined;
        geoDatabaseFile?: string | undefined;
        geoMode?: "allow" | "deny" | "off" | undefined;
        geoWholeHost?: boolean | undefined;
        mode?: "observe" | "protect" | undefined;
        protocols?: ("tcp" | "udp")[] | undefined;
        sipPorts?: string[] | undefined;
        strangerMessagesPerSecond?: number | undefined;
        tftpBurstRequests?: number | undefined;
        tftpLimitOn?: boolean | undefined;
        tftpRequestsPerMinute?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        settings: {
          accountFailuresPerMinute: number;
          blockRuleFailuresPerMinute: number;
          blockThreshold: number;
          blockedAgents: string[];
          dnsProtectionOn: boolean;
          dynamicBlockSeconds: number;
          enumerationAccountsPerMinute: number;
          failOpen: boolean;
          floodBurstMessages: number;
          floodMessagesPerSecond: number;
          forbiddenCountsAsFailure: boolean;
          geoCountries: string[];
          geoDatabaseFile: string;
          geoMode: "allow" | "deny" | "off";
          geoWholeHost: boolean;
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          strangerMessagesPerSecond: number;
          tftpBurstRequests: number;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
        };
        warnings: string[];
      };
    }>;
    confirm: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: {
        ended: {
          atMs: number;
          by: string;
          how: "confirmed" | "undone" | "undone-by-time";
          id: string;
        } | null;
        pending: {
          after: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          atMs: number;
          before: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          by: string;
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
          id: string;
          untilMs: number;
        } | null;
      };
    }>;
    get: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        refused: string[];
        settings: {
          accountFailuresPerMinute: number;
          blockRuleFailuresPerMinute: number;
          blockThreshold: number;
          blockedAgents: string[];
          dnsProtectionOn: boolean;
          dynamicBlockSeconds: number;
          enumerationAccountsPerMinute: number;
          failOpen: boolean;
          floodBurstMessages: number;
          floodMessagesPerSecond: number;
          forbiddenCountsAsFailure: boolean;
          geoCountries: string[];
          geoDatabaseFile: string;
          geoMode: "allow" | "deny" | "off";
          geoWholeHost: boolean;
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          strangerMessagesPerSecond: number;
          tftpBurstRequests: number;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
        };
        unknown: string[];
      };
    }>;
    pending: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        ended: {
          atMs: number;
          by: string;
          how: "confirmed" | "undone" | "undone-by-time";
          id: string;
        } | null;
        pending: {
          after: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          atMs: number;
          before: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          by: string;
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
          id: string;
          untilMs: number;
        } | null;
      };
    }>;
    preview: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        accountFailuresPerMinute?: number | undefined;
        blockRuleFailuresPerMinute?: number | undefined;
        blockThreshold?: number | undefined;
        blockedAgents?: string[] | undefined;
        dnsProtectionOn?: boolean | undefined;
        dynamicBlockSeconds?: number | undefined;
        enumerationAccountsPerMinute?: number | undefined;
        failOpen?: boolean | undefined;
        floodBurstMessages?: number | undefined;
        floodMessagesPerSecond?: number | undefined;
        forbiddenCountsAsFailure?: boolean | undefined;
        geoCountries?: string[] | undefined;
        geoDatabaseFile?: string | undefined;
        geoMode?: "allow" | "deny" | "off" | undefined;
        geoWholeHost?: boolean | undefined;
        mode?: "observe" | "protect" | undefined;
        protocols?: ("tcp" | "udp")[] | undefined;
        sipPorts?: string[] | undefined;
        strangerMessagesPerSecond?: number | undefined;
        tftpBurstRequests?: number | undefined;
        tftpLimitOn?: boolean | undefined;
        tftpRequestsPerMinute?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        events: number;
        fromMs: number;
        hurt: {
          accounts: number;
          rows: {
            accountCount: number;
            accounts: string[];
            agents: string[];
            country: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            isTrunk: boolean;
            source: string;
          }[];
          sources: number;
        };
        isWhole: boolean;
        own: {
          address: string;
          country: string;
          isRefused: boolean;
        };
        partly: (
          | "accountFailuresPerMinute"
          | "blockRuleFailuresPerMinute"
          | "blockThreshold"
          | "blockedAgents"
          | "dnsProtectionOn"
          | "dynamicBlockSeconds"
          | "enumerationAccountsPerMinute"
          | "failOpen"
          | "floodBurstMessages"
          | "floodMessagesPerSecond"
          | "forbiddenCountsAsFailure"
          | "geoCountries"
          | "geoDatabaseFile"
          | "geoMode"
          | "geoWholeHost"
          | "mode"
          | "protocols"
          | "sipPorts"
          | "strangerMessagesPerSecond"
          | "tftpBurstRequests"
          | "tftpLimitOn"
          | "tftpRequestsPerMinute"
        )[];
        passed: {
          messages: number;
          rows: {
            accounts: number;
            agent: string;
            country: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            messages: number;
            source: string;
          }[];
          sources: number;
        };
        refused: {
          messages: number;
          rows: {
            accounts: number;
            agent: string;
            country: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            messages: number;
            source: string;
          }[];
          sources: number;
        };
        registered: {
          accounts: number;
          sources: number;
        };
        toMs: number;
        unknown: (
          | "accountFailuresPerMinute"
          | "blockRuleFailuresPerMinute"
          | "blockThreshold"
          | "blockedAgents"
          | "dnsProtectionOn"
          | "dynamicBlockSeconds"
          | "enumerationAccountsPerMinute"
          | "failOpen"
          | "floodBurstMessages"
          | "floodMessagesPerSecond"
          | "forbiddenCountsAsFailure"
          | "geoCountries"
          | "geoDatabaseFile"
          | "geoMode"
          | "geoWholeHost"
          | "mode"
          | "protocols"
          | "sipPorts"
          | "strangerMessagesPerSecond"
          | "tftpBurstRequests"
          | "tftpLimitOn"
          | "tftpRequestsPerMinute"
        )[];
      };
    }>;
    save: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        from: {
          accountFailuresPerMinute?: number | undefined;
          blockRuleFailuresPerMinute?: number | undefined;
          blockThreshold?: number | undefined;
          blockedAgents?: string[] | undefined;
          dnsProtectionOn?: boolean | undefined;
          dynamicBlockSeconds?: number | undefined;
          enumerationAccountsPerMinute?: number | undefined;
          failOpen?: boolean | undefined;
          floodBurstMessages?: number | undefined;
          floodMessagesPerSecond?: number | undefined;
          forbiddenCountsAsFailure?: boolean | undefined;
          geoCountries?: string[] | undefined;
          geoDatabaseFile?: string | undefined;
          geoMode?: "allow" | "deny" | "off" | undefined;
          geoWholeHost?: boolean | undefined;
          mode?: "observe" | "protect" | undefined;
          protocols?: ("tcp" | "udp")[] | undefined;
          sipPorts?: string[] | undefined;
          strangerMessagesPerSecond?: number | undefined;
          tftpBurstRequests?: number | undefined;
          tftpLimitOn?: boolean | undefined;
          tftpRequestsPerMinute?: number | undefined;
        };
        patch: {
          accountFailuresPerMinute?: number | undefined;
          blockRuleFailuresPerMinute?: number | undefined;
          blockThreshold?: number | undefined;
          blockedAgents?: string[] | undefined;
          dnsProtectionOn?: boolean | undefined;
          dynamicBlockSeconds?: number | undefined;
          enumerationAccountsPerMinute?: number | undefined;
          failOpen?: boolean | undefined;
          floodBurstMessages?: number | undefined;
          floodMessagesPerSecond?: number | undefined;
          forbiddenCountsAsFailure?: boolean | undefined;
          geoCountries?: string[] | undefined;
          geoDatabaseFile?: string | undefined;
          geoMode?: "allow" | "deny" | "off" | undefined;
          geoWholeHost?: boolean | undefined;
          mode?: "observe" | "protect" | undefined;
          protocols?: ("tcp" | "udp")[] | undefined;
          sipPorts?: string[] | undefined;
          strangerMessagesPerSecond?: number | undefined;
          tftpBurstRequests?: number | undefined;
          tftpLimitOn?: boolean | undefined;
          tftpRequestsPerMinute?: number | undefined;
        };
      };
      meta: ProcedureMeta;
      output: {
        pending: {
          after: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          atMs: number;
          before: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          by: string;
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
          id: string;
          untilMs: number;
        } | null;
        settings: {
          accountFailuresPerMinute: number;
          blockRuleFailuresPerMinute: number;
          blockThreshold: number;
          blockedAgents: string[];
          dnsProtectionOn: boolean;
          dynamicBlockSeconds: number;
          enumerationAccountsPerMinute: number;
          failOpen: boolean;
          floodBurstMessages: number;
          floodMessagesPerSecond: number;
          forbiddenCountsAsFailure: boolean;
          geoCountries: string[];
          geoDatabaseFile: string;
          geoMode: "allow" | "deny" | "off";
          geoWholeHost: boolean;
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          strangerMessagesPerSecond: number;
          tftpBurstRequests: number;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
        };
        warnings: string[];
      };
    }>;
    undo: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: {
        ended: {
          atMs: number;
          by: string;
          how: "confirmed" | "undone" | "undone-by-time";
          id: string;
        } | null;
        pending: {
          after: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          atMs: number;
          before: {
            accountFailuresPerMinute?: number | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            blockThreshold?: number | undefined;
            blockedAgents?: string[] | undefined;
            dnsProtectionOn?: boolean | undefined;
            dynamicBlockSeconds?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            failOpen?: boolean | undefined;
            floodBurstMessages?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
            geoCountries?: string[] | undefined;
            geoDatabaseFile?: string | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoWholeHost?: boolean | undefined;
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            strangerMessagesPerSecond?: number | undefined;
            tftpBurstRequests?: number | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
          };
          by: string;
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
          id: string;
          untilMs: number;
        } | null;
      };
    }>;
  };
  setup: {
    caller: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        address: string;
        networks: string[];
        standing: "allowed" | "local" | "stranger";
      };
    }>;
    choosePbx: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        address: string;
        port: number;
      };
      meta: ProcedureMeta;
      output: {
        configFile: string;
        isSetByEnvironment: boolean;
        path: "relay" | "transparent" | "unknown";
        places: {
          address: string;
          port: number;
        }[];
        setting: "SIPPROT_PBX" | "SIPPROT_PROTECT";
      };
    }>;
    completeStep: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        outcome: "answered" | "skipped";
        step: "addresses" | "language" | "mail" | "mode" | "password" | "pbx";
      };
      meta: ProcedureMeta;
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
    }>;
    end: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        end: "finished" | "put-off";
      };
      meta: ProcedureMeta;
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
    }>;
    pbx: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        configFile: string;
        isSetByEnvironment: boolean;
        path: "relay" | "transparent" | "unknown";
        places: {
          address: string;
          port: number;
        }[];
        setting: "SIPPROT_PBX" | "SIPPROT_PROTECT";
      };
    }>;
    probePbx: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        address: string;
        port: number;
      };
      meta: ProcedureMeta;
      output: {
        answer: string;
        isAnswered: boolean;
        tookMs: number;
      };
    }>;
    progress: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
    }>;
    standing: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        hasAnswer: boolean;
        hasTraffic: boolean;
        isGateUp: boolean;
        places: {
          address: string;
          port: number;
        }[];
        state: "finished" | "open" | "put-off";
      };
    }>;
  };
  stats: {
    read: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        from: string;
        timeline?: "day" | "hour" | undefined;
        to: string;
        top?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        agents: {
          agent: string;
          refused: number;
          wouldRefuse: number;
        }[];
        asOfMs: number;
        blocksBegun: number;
        countries: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        deniedForGood: number;
        endpoints: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        from: string;
        gates: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        refused: number;
        sources: {
          country: string;
          gate?:
            | "allowed"
            | "blocked"
            | "country"
            | "denied"
            | "flood"
            | "guessing"
            | "malformed"
            | "scanner"
            | undefined;
          refused: number;
          source: string;
          wouldRefuse: number;
        }[];
        sourcesAreComplete: boolean;
        timeline: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        to: string;
        wouldRefuse: number;
      };
    }>;
    window: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: {
        filter?:
          | {
              country?: string | undefined;
              endpoint?: string | undefined;
              gate?:
                | "allowed"
                | "blocked"
                | "country"
                | "denied"
                | "flood"
                | "guessing"
                | "malformed"
                | "scanner"
                | undefined;
            }
          | undefined;
        fromMs: number;
        toMs: number;
        top?: number | undefined;
      };
      meta: ProcedureMeta;
      output: {
        agents: {
          agent: string;
          refused: number;
          wouldRefuse: number;
        }[];
        asOfMs: number;
        before: {
          blocksAtBegin?: number | undefined;
          blocksBegun: number;
          deniedForGood: number;
          passed?: number | undefined;
          refused: number;
          wouldRefuse: number;
        };
        countries: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        endpoints: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        fromMs: number;
        gates: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        now: {
          blocksAtBegin?: number | undefined;
          blocksBegun: number;
          deniedForGood: number;
          passed?: number | undefined;
          refused: number;
          wouldRefuse: number;
        };
        sources: {
          country: string;
          gate?:
            | "allowed"
            | "blocked"
            | "country"
            | "denied"
            | "flood"
            | "guessing"
            | "malformed"
            | "scanner"
            | undefined;
          refused: number;
          source: string;
          wouldRefuse: number;
        }[];
        sourcesAreComplete: boolean;
        stepMs: number;
        timeline: {
          atMs: number;
          passed?: number | undefined;
          refused: Partial<
            Record<
              "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner",
              number
            >
          >;
          wouldRefuse: Partial<
            Record<
              "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner",
              number
            >
          >;
        }[];
        toMs: number;
      };
    }>;
  };
  tokens: {
    create: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        expiresAtMs?: number | undefined;
        name: string;
        role: "administrator" | "operator" | "viewer";
      };
      meta: ProcedureMeta;
      output: {
        secret: string;
        token: {
          createdAtMs: number;
          createdBy: string;
          expiresAtMs?: number | undefined;
          id: string;
          lastUsedAtMs?: number | undefined;
          name: string;
          role: "administrator" | "operator" | "viewer";
        };
      };
    }>;
    list: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        createdBy: string;
        expiresAtMs?: number | undefined;
        id: string;
        lastUsedAtMs?: number | undefined;
        name: string;
        role: "administrator" | "operator" | "viewer";
      }[];
    }>;
    revoke: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        id: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
  };
  users: {
    add: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        name: string;
        role: "administrator" | "operator" | "viewer";
      };
      meta: ProcedureMeta;
      output: {
        password: string;
        user: {
          createdAtMs: number;
          hasSecondFactor: boolean;
          isDisabled: boolean;
          mustChangePassword: boolean;
          name: string;
          passwordChangedAtMs: number;
          preferences: {
            colorScheme?: "auto" | "dark" | "light" | undefined;
            language?: "en" | "fr" | undefined;
            timeZone?: string | undefined;
          };
          recoveryCodesLeft: number;
          role: "administrator" | "operator" | "viewer";
        };
      };
    }>;
    list: import("@trpc/server").TRPCQueryProcedure<{
      errorShape: ErrorShape;
      input: void;
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      }[];
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        name: string;
      };
      meta: ProcedureMeta;
      output: void;
    }>;
    reset: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        name: string;
      };
      meta: ProcedureMeta;
      output: {
        password: string;
        user: {
          createdAtMs: number;
          hasSecondFactor: boolean;
          isDisabled: boolean;
          mustChangePassword: boolean;
          name: string;
          passwordChangedAtMs: number;
          preferences: {
            colorScheme?: "auto" | "dark" | "light" | undefined;
            language?: "en" | "fr" | undefined;
            timeZone?: string | undefined;
          };
          recoveryCodesLeft: number;
          role: "administrator" | "operator" | "viewer";
        };
      };
    }>;
    setDisabled: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        isDisabled: boolean;
        name: string;
      };
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
    setRole: import("@trpc/server").TRPCMutationProcedure<{
      errorShape: ErrorShape;
      input: {
        name: string;
        role: "administrator" | "operator" | "viewer";
      };
      meta: ProcedureMeta;
      output: {
        createdAtMs: number;
        hasSecondFactor: boolean;
        isDisabled: boolean;
        mustChangePassword: boolean;
        name: string;
        passwordChangedAtMs: number;
        preferences: {
          colorScheme?: "auto" | "dark" | "light" | undefined;
          language?: "en" | "fr" | undefined;
          timeZone?: string | undefined;
        };
        recoveryCodesLeft: number;
        role: "administrator" | "operator" | "viewer";
      };
    }>;
  };
};
/** All procedures, by noun; for a tRPC client of your own. */
export type AppRouter = TRPCBuiltRouter<
  {
    ctx: object;
    errorShape: ErrorShape;
    meta: object;
    transformer: false;
  },
  typeof procedures
>;
/** What a procedure takes: `RouterInputs["lists"]["add"]`. */
export type RouterInputs = inferRouterInputs<AppRouter>;
/** What a procedure answers: `RouterOutputs["reports"]["daily"]`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
export type SipprotClient = TRPCClient<AppRouter>;
/**
 * A client of the server at `url`; nothing is sent before a procedure is called. Calls made in the same moment travel in
 * one request. A subscription reconnects by itself and goes on from the last event it had.
 *
 * Throws SipprotClientError `bad-option`. What calls throw, `describeFailure` explains.
 */
export declare function createSipprotClient(options: SipprotClientOptions): SipprotClient;
/** Failures the server knows nothing of. */
export type ClientErrorCode =
  /** An option of `createSipprotClient` cannot be used. */
  | "bad-option"
  | "certificate-not-trusted"
  | "server-unreachable"
  | "timed-out"
  /** Something answers there that is not a control server. */
  | "not-sipprot";
/** A failure between the client and the server. A call throws it as the `cause` of its `TRPCClientError`. */
export declare class SipprotClientError extends Error {
  readonly name = "SipprotClientError";
  readonly code: ClientErrorCode;
  readonly facts: ErrorFacts;
  constructor(code: ClientErrorCode, message: string, facts?: ErrorFacts, cause?: unknown);
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
export declare function describeFailure(error: unknown): Failure | undefined;
export {};
