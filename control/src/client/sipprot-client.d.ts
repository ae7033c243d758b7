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
      result?: Maybe<TRPCErrorResponse<inferErrorShape<TRouterOrProcedure>>>;
      cause?: Error;
      meta?: Record<string, unknown>;
    },
  );
  /**
   * Turns an error response, an `Error` or another object into a
   * `TRPCClientError`. A `TRPCClientError` is returned as it is.
   */
  static from<TRouterOrProcedure extends InferrableClientTypes>(
    _cause: Error | TRPCErrorResponse<any> | object,
    opts?: {
      meta?: Record<string, unknown>;
      cause?: Error;
    },
  ): TRPCClientError<TRouterOrProcedure>;
}
interface OperationContext extends Record<string, unknown> {}
type Operation<TInput = unknown> = {
  /** A number unique to the call within its client. */
  id: number;
  type: "mutation" | "query" | "subscription";
  input: TInput;
  path: string;
  context: OperationContext;
  signal: Maybe<AbortSignal>;
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
  op: Operation<TInput>;
  next: (op: Operation<TInput>) => OperationResultObservable<TInferrable, TOutput>;
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
    transformer: TRouter["_def"]["_config"]["$types"]["transformer"];
    errorShape: TRouter["_def"]["_config"]["$types"]["errorShape"];
  },
  TRouter["_def"]["record"]
> & {
  [untypedClientSymbol]: TRPCUntypedClient<TRouter>;
};
type TRPCResolverDef = {
  input: any;
  output: any;
  transformer: boolean;
  errorShape: any;
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
            input: inferProcedureInput<$Value>;
            output: inferTransformedProcedureOutput<inferClientTypes<TRoot>, $Value>;
            errorShape: inferProcedureErrorShape<TRoot, $Value>;
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
    page: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        page?: number | undefined;
        size?: number | undefined;
        sort?: "atMs" | undefined;
        descending?: boolean | undefined;
        filter?:
          | {
              by?: string | undefined;
              action?: string | undefined;
              search?: string | undefined;
              outcome?: "done" | "failed" | undefined;
              sinceMs?: number | undefined;
              untilMs?: number | undefined;
            }
          | undefined;
      };
      output: {
        rows: {
          id: string;
          atMs: number;
          by: string;
          from: string;
          action: string;
          outcome: string;
          input?: string | undefined;
          before?: string | undefined;
          after?: string | undefined;
        }[];
        total: number;
        asOfMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    export: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        format: "csv" | "jsonl";
        filter?:
          | {
              by?: string | undefined;
              action?: string | undefined;
              search?: string | undefined;
              outcome?: "done" | "failed" | undefined;
              sinceMs?: number | undefined;
              untilMs?: number | undefined;
            }
          | undefined;
        after?: string | undefined;
      };
      output: {
        text: string;
        next?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  auth: {
    signIn: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
        password: string;
        code?: string | undefined;
      };
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    signOut: import("@trpc/server").TRPCMutationProcedure<{
      input: void;
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    me: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    setPreferences: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        language?: "en" | "fr" | undefined;
        colorScheme?: "auto" | "dark" | "light" | undefined;
        timeZone?: string | undefined;
      };
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    changePassword: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        password: string;
        newPassword: string;
        code?: string | undefined;
      };
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    sessions: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        id: string;
        user: string;
        address: string;
        agent: string;
        createdAtMs: number;
        seenAtMs: number;
        endsAtMs: number;
        isCurrent: boolean;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    revokeSession: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    revokeOtherSessions: import("@trpc/server").TRPCMutationProcedure<{
      input: void;
      output: {
        ended: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    allSessions: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        id: string;
        user: string;
        address: string;
        agent: string;
        createdAtMs: number;
        seenAtMs: number;
        endsAtMs: number;
        isCurrent: boolean;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    revokeAnySession: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    offerSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        password: string;
      };
      output: {
        secret: string;
        uri: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    confirmSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        code: string;
      };
      output: {
        recoveryCodes: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    renewRecoveryCodes: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        password: string;
        code: string;
      };
      output: {
        recoveryCodes: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    removeSecondFactor: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        password: string;
        code: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  blocks: {
    page: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        page?: number | undefined;
        size?: number | undefined;
        sort?: "address" | "agent" | "country" | "gate" | "refused" | "since" | "strikes" | "until" | undefined;
        descending?: boolean | undefined;
        filter?:
          | {
              search?: string | undefined;
              countries?: string[] | undefined;
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
              endpoint?: string | undefined;
              isAccountOnly?: boolean | undefined;
            }
          | undefined;
      };
      output: {
        rows: {
          refused: number;
          host: string;
          endpoint: string;
          transport: "tcp" | "tls" | "udp";
          source: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          untilMs: number;
          agent: string;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                gate: "blocked";
                untilMs: number;
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
              }
            | {
                gate: "country";
                country: string;
                mode: "allow" | "deny";
              }
            | {
                gate: "flood";
                messagesPerSecond: number;
                burstMessages: number;
              }
            | {
                gate: "malformed";
                flaw: string;
              }
            | {
                gate: "scanner";
                agent: string;
                pattern: string;
              }
            | {
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                seen: number;
                limit: number;
                windowSeconds: number;
                account?: string | undefined;
              };
          proven: boolean;
          sinceMs: number;
          strikes: number;
          inKernel: boolean;
          key: string;
          secondsLeft: number;
          place: {
            code: string;
            name: string;
          };
          explanation: string;
          country?: string | undefined;
          account?: string | undefined;
        }[];
        total: number;
        asOfMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    evidence: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        block: string;
      };
      output: {
        refused: number;
        host: string;
        endpoint: string;
        transport: "tcp" | "tls" | "udp";
        source: string;
        gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
        untilMs: number;
        agent: string;
        reason:
          | {
              gate: "denied";
              network: string;
            }
          | {
              gate: "blocked";
              untilMs: number;
              because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            }
          | {
              gate: "country";
              country: string;
              mode: "allow" | "deny";
            }
          | {
              gate: "flood";
              messagesPerSecond: number;
              burstMessages: number;
            }
          | {
              gate: "malformed";
              flaw: string;
            }
          | {
              gate: "scanner";
              agent: string;
              pattern: string;
            }
          | {
              gate: "guessing";
              kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
              seen: number;
              limit: number;
              windowSeconds: number;
              account?: string | undefined;
            };
        proven: boolean;
        sinceMs: number;
        strikes: number;
        inKernel: boolean;
        key: string;
        secondsLeft: number;
        place: {
          code: string;
          name: string;
        };
        explanation: string;
        evidence: {
          atMs: number;
          from: string;
          transport: "tcp" | "tls" | "udp";
          text: string;
        }[];
        country?: string | undefined;
        account?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    find: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        blocks: string[];
      };
      output: string[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    lift: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        blocks: string[];
      };
      output: {
        lifted: string[];
        hosts: {
          host: string;
          hasApplied: boolean;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
        stillDenied: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    liftMatching: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        filter?:
          | {
              search?: string | undefined;
              countries?: string[] | undefined;
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
              endpoint?: string | undefined;
              isAccountOnly?: boolean | undefined;
            }
          | undefined;
        except?: string[] | undefined;
      };
      output: {
        lifted: number;
        hosts: {
          host: string;
          hasApplied: boolean;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    liftAndAllow: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        block: string;
        hours: number;
        note?: string | undefined;
      };
      output: {
        lifted: string[];
        hosts: {
          host: string;
          hasApplied: boolean;
          kernel?: "degraded" | "failed" | "off" | "ok" | undefined;
        }[];
        stillDenied: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        }[];
        entry: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  branding: {
    get: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        productName: string;
        accent: string;
        logo: {
          version: string;
          type: "image/jpeg" | "image/png" | "image/webp";
          width: number;
          height: number;
          plates: ("dark" | "light")[];
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    logo: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        type: "image/jpeg" | "image/png" | "image/webp";
        version: string;
        file: string;
      } | null;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    change: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        productName?: string | undefined;
        accent?: string | undefined;
        logo?:
          | {
              file: string;
              plates?: ("dark" | "light")[] | undefined;
            }
          | null
          | undefined;
      };
      output: {
        productName: string;
        accent: string;
        logo: {
          version: string;
          type: "image/jpeg" | "image/png" | "image/webp";
          width: number;
          height: number;
          plates: ("dark" | "light")[];
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  events: {
    latest: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        maxBatches?: number | undefined;
        beforeId?: string | undefined;
      };
      output: {
        id: string;
        events: {
          kind:
            | "block-began"
            | "block-ended"
            | "block-extended"
            | "denied-for-good"
            | "refused"
            | "sign-in-failed"
            | "stuck-phone"
            | "would-refuse";
          atMs: number;
          count: number;
          host: string;
          endpoint: string;
          transport: "tcp" | "tls" | "udp";
          source: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                gate: "blocked";
                untilMs: number;
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
              }
            | {
                gate: "country";
                country: string;
                mode: "allow" | "deny";
              }
            | {
                gate: "flood";
                messagesPerSecond: number;
                burstMessages: number;
              }
            | {
                gate: "malformed";
                flaw: string;
              }
            | {
                gate: "scanner";
                agent: string;
                pattern: string;
              }
            | {
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                seen: number;
                limit: number;
                windowSeconds: number;
                account?: string | undefined;
              };
          proven: boolean;
          method: string;
          agent: string;
          country?: string | undefined;
          account?: string | undefined;
        }[];
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    live: import("@trpc/server").TRPCSubscriptionProcedure<{
      input:
        | {
            lastEventId?: string | undefined;
          }
        | undefined;
      output: AsyncIterable<
        import("@trpc/server/unstable-core-do-not-import").TrackedData<
          {
            kind:
              | "block-began"
              | "block-ended"
              | "block-extended"
              | "denied-for-good"
              | "refused"
              | "sign-in-failed"
              | "stuck-phone"
              | "would-refuse";
            atMs: number;
            count: number;
            host: string;
            endpoint: string;
            transport: "tcp" | "tls" | "udp";
            source: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            reason:
              | {
                  gate: "denied";
                  network: string;
                }
              | {
                  gate: "blocked";
                  untilMs: number;
                  because:
                    | "allowed"
                    | "blocked"
                    | "country"
                    | "denied"
                    | "flood"
                    | "guessing"
                    | "malformed"
                    | "scanner";
                }
              | {
                  gate: "country";
                  country: string;
                  mode: "allow" | "deny";
                }
              | {
                  gate: "flood";
                  messagesPerSecond: number;
                  burstMessages: number;
                }
              | {
                  gate: "malformed";
                  flaw: string;
                }
              | {
                  gate: "scanner";
                  agent: string;
                  pattern: string;
                }
              | {
                  gate: "guessing";
                  kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                  seen: number;
                  limit: number;
                  windowSeconds: number;
                  account?: string | undefined;
                };
            proven: boolean;
            method: string;
            agent: string;
            country?: string | undefined;
            account?: string | undefined;
          }[]
        >,
        any,
        any
      >;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    page: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        limit?: number | undefined;
        place?: string | undefined;
        filter?:
          | {
              only?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              except?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        fromMs?: number | undefined;
        toMs?: number | undefined;
      };
      output: {
        hasDropped: boolean;
        rows: {
          key: string;
          event: {
            kind:
              | "block-began"
              | "block-ended"
              | "block-extended"
              | "denied-for-good"
              | "refused"
              | "sign-in-failed"
              | "stuck-phone"
              | "would-refuse";
            atMs: number;
            count: number;
            host: string;
            endpoint: string;
            transport: "tcp" | "tls" | "udp";
            source: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            reason:
              | {
                  gate: "denied";
                  network: string;
                }
              | {
                  gate: "blocked";
                  untilMs: number;
                  because:
                    | "allowed"
                    | "blocked"
                    | "country"
                    | "denied"
                    | "flood"
                    | "guessing"
                    | "malformed"
                    | "scanner";
                }
              | {
                  gate: "country";
                  country: string;
                  mode: "allow" | "deny";
                }
              | {
                  gate: "flood";
                  messagesPerSecond: number;
                  burstMessages: number;
                }
              | {
                  gate: "malformed";
                  flaw: string;
                }
              | {
                  gate: "scanner";
                  agent: string;
                  pattern: string;
                }
              | {
                  gate: "guessing";
                  kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                  seen: number;
                  limit: number;
                  windowSeconds: number;
                  account?: string | undefined;
                };
            proven: boolean;
            method: string;
            agent: string;
            country?: string | undefined;
            account?: string | undefined;
          };
        }[];
        searchedToMs: number;
        heldSinceMs?: number | undefined;
        next?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    export: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        format: "csv" | "json";
        next?:
          | {
              place: string;
              rows: number;
            }
          | undefined;
        filter?:
          | {
              only?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              except?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        fromMs?: number | undefined;
        toMs?: number | undefined;
      };
      output: {
        text: string;
        rows: number;
        next?:
          | {
              place: string;
              rows: number;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    offerRule: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        rule:
          | {
              kind: "deny-sources";
            }
          | {
              kind: "block-agent";
              agent: string;
            }
          | {
              kind: "deny-country";
              country: string;
            };
        filter?:
          | {
              only?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
              except?:
                | {
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
                    countries?: string[] | undefined;
                    endpoints?: string[] | undefined;
                    hosts?: string[] | undefined;
                    accounts?: string[] | undefined;
                    agents?: string[] | undefined;
                    networks?: string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        fromMs?: number | undefined;
        toMs?: number | undefined;
      };
      output: {
        sources: {
          source: string;
          country: string;
          messages: number;
          lastMs: number;
          standing: "allowed" | "denied-already" | "guarded" | "has-phones" | "open";
        }[];
        sourcesTotal: number;
        messages: number;
        sinceMs: number;
        isWhole: boolean;
        dangers: ("allow-mode" | "last-allowed-country" | "phones" | "short-agent" | "whole-host" | "your-country")[];
        phones: {
          sources: number;
          accounts: number;
          named: string[];
        };
        patch?:
          | {
              blockedAgents?: string[] | undefined;
              geoMode?: "allow" | "deny" | "off" | undefined;
              geoCountries?: string[] | undefined;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  explain: {
    address: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        address: string;
      };
      output: {
        address: string;
        source: string;
        place: {
          code: string;
          name: string;
        };
        verdict: "account-blocked" | "allowed" | "blocked" | "country-refused" | "denied" | "judged-by-message";
        isObserving: boolean;
        allow: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        }[];
        deny: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        }[];
        blocks: {
          refused: number;
          host: string;
          endpoint: string;
          transport: "tcp" | "tls" | "udp";
          source: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          untilMs: number;
          agent: string;
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                gate: "blocked";
                untilMs: number;
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
              }
            | {
                gate: "country";
                country: string;
                mode: "allow" | "deny";
              }
            | {
                gate: "flood";
                messagesPerSecond: number;
                burstMessages: number;
              }
            | {
                gate: "malformed";
                flaw: string;
              }
            | {
                gate: "scanner";
                agent: string;
                pattern: string;
              }
            | {
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                seen: number;
                limit: number;
                windowSeconds: number;
                account?: string | undefined;
              };
          proven: boolean;
          sinceMs: number;
          strikes: number;
          inKernel: boolean;
          key: string;
          secondsLeft: number;
          place: {
            code: string;
            name: string;
          };
          explanation: string;
          evidence: {
            atMs: number;
            from: string;
            transport: "tcp" | "tls" | "udp";
            text: string;
          }[];
          country?: string | undefined;
          account?: string | undefined;
        }[];
        accounts: {
          account: string;
          untilMs: number;
          isStuckPhone: boolean;
          agent: string;
        }[];
        strikes: number;
        events: {
          kind:
            | "block-began"
            | "block-ended"
            | "block-extended"
            | "denied-for-good"
            | "refused"
            | "sign-in-failed"
            | "stuck-phone"
            | "would-refuse";
          atMs: number;
          count: number;
          host: string;
          endpoint: string;
          transport: "tcp" | "tls" | "udp";
          source: string;
          gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
          reason:
            | {
                gate: "denied";
                network: string;
              }
            | {
                gate: "blocked";
                untilMs: number;
                because: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
              }
            | {
                gate: "country";
                country: string;
                mode: "allow" | "deny";
              }
            | {
                gate: "flood";
                messagesPerSecond: number;
                burstMessages: number;
              }
            | {
                gate: "malformed";
                flaw: string;
              }
            | {
                gate: "scanner";
                agent: string;
                pattern: string;
              }
            | {
                gate: "guessing";
                kind: "account" | "credit" | "enumeration" | "shared-account" | "toll-fraud";
                seen: number;
                limit: number;
                windowSeconds: number;
                account?: string | undefined;
              };
          proven: boolean;
          method: string;
          agent: string;
          country?: string | undefined;
          account?: string | undefined;
        }[];
        eventsSinceMs: number;
        changes: {
          kind: "block-lift" | "list-put" | "list-remove";
          atMs: number;
          by: string;
          network: string;
          list?: "allow" | "deny" | undefined;
          note?: string | undefined;
          account?: string | undefined;
        }[];
        hasDropped: boolean;
        lastStrikeAtMs?: number | undefined;
        liftedAtMs?: number | undefined;
        heldSinceMs?: number | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  feeds: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        feed: {
          id: string;
          name: string;
          note: string;
          url: string;
          column: number;
          intervalMinutes: number;
          isOn: boolean;
        };
        status: {
          state: "failed" | "leaving" | "ok" | "waiting";
          detail: string;
          entries: number;
          allowed: number;
          badLines: number;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
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
          triedAtMs?: number | undefined;
          fetchedAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        };
        work?:
          | {
              stage: "applying" | "fetching" | "leaving";
              sinceMs: number;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    add: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
        name: string;
        url: string;
        note?: string | undefined;
        column?: number | undefined;
        intervalMinutes?: number | undefined;
        isOn?: boolean | undefined;
      };
      output: {
        feed: {
          id: string;
          name: string;
          note: string;
          url: string;
          column: number;
          intervalMinutes: number;
          isOn: boolean;
        };
        status: {
          state: "failed" | "leaving" | "ok" | "waiting";
          detail: string;
          entries: number;
          allowed: number;
          badLines: number;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
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
          triedAtMs?: number | undefined;
          fetchedAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        };
        work?:
          | {
              stage: "applying" | "fetching" | "leaving";
              sinceMs: number;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    put: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
        name: string;
        url: string;
        note?: string | undefined;
        column?: number | undefined;
        intervalMinutes?: number | undefined;
        isOn?: boolean | undefined;
      };
      output: {
        feed: {
          id: string;
          name: string;
          note: string;
          url: string;
          column: number;
          intervalMinutes: number;
          isOn: boolean;
        };
        status: {
          state: "failed" | "leaving" | "ok" | "waiting";
          detail: string;
          entries: number;
          allowed: number;
          badLines: number;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
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
          triedAtMs?: number | undefined;
          fetchedAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        };
        work?:
          | {
              stage: "applying" | "fetching" | "leaving";
              sinceMs: number;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: {
        feed: {
          id: string;
          name: string;
          note: string;
          url: string;
          column: number;
          intervalMinutes: number;
          isOn: boolean;
        };
        status: {
          state: "failed" | "leaving" | "ok" | "waiting";
          detail: string;
          entries: number;
          allowed: number;
          badLines: number;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
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
          triedAtMs?: number | undefined;
          fetchedAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        };
        work?:
          | {
              stage: "applying" | "fetching" | "leaving";
              sinceMs: number;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    fetchNow: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: {
        feed: {
          id: string;
          name: string;
          note: string;
          url: string;
          column: number;
          intervalMinutes: number;
          isOn: boolean;
        };
        status: {
          state: "failed" | "leaving" | "ok" | "waiting";
          detail: string;
          entries: number;
          allowed: number;
          badLines: number;
          firstBadLines: {
            line: number;
            text: string;
          }[];
          isUnchanged: boolean;
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
          triedAtMs?: number | undefined;
          fetchedAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        };
        work?:
          | {
              stage: "applying" | "fetching" | "leaving";
              sinceMs: number;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  hosts: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        name: string;
        version: string;
        path: "relay" | "transparent";
        endpoints: string[];
        workers: number;
        startedAtMs: number;
        seenAtMs: number;
        lastChangeId: string;
        health: {
          part: "data-path" | "geo" | "kernel-bans" | "kernel-steering" | "pbx" | "redis" | "snapshot";
          state: "degraded" | "failed" | "off" | "ok";
          detail: string;
          sinceMs: number;
        }[];
        isProtected: boolean;
        isSilent: boolean;
        isInStep: boolean;
        isHere: boolean;
        seen?:
          | {
              messageAtMs: number;
              answerAtMs: number;
            }
          | undefined;
        load?:
          | {
              messagesPerSecond: number;
              refusedPerSecond: number;
              connections: number;
              sources: number;
              memoryBytes: number;
              machineLoad: number;
              processors: number;
              medianLatencyMicroseconds?: number | undefined;
              slowestLatencyMicroseconds?: number | undefined;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  lists: {
    page: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        list: "allow" | "deny";
        page?: number | undefined;
        size?: number | undefined;
        sort?: "addedBy" | "address" | "country" | "expiry" | "note" | "time" | undefined;
        descending?: boolean | undefined;
        filter?:
          | {
              search?: string | undefined;
              network?: string | undefined;
              containing?: string | undefined;
              prefix?: string | undefined;
              note?: string | undefined;
              countries?: string[] | undefined;
            }
          | undefined;
      };
      output: {
        rows: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          country: {
            code: string;
            name: string;
          };
          expiresAtSeconds?: number | undefined;
        }[];
        total: number;
        asOfMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    counts: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        allow: number;
        deny: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    find: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      output: {
        network: string;
        note: string;
        addedAtSeconds: number;
        addedBy: string;
        country: {
          code: string;
          name: string;
        };
        expiresAtSeconds?: number | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    consider: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      output: {
        network: string;
        addresses: number;
        isWide: boolean;
        inside: number;
        otherInside: number;
        blocks: number;
        present?:
          | {
              network: string;
              note: string;
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
            }
          | undefined;
        heldBy?:
          | {
              network: string;
              note: string;
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
            }
          | undefined;
        otherHolds?:
          | {
              network: string;
              note: string;
              addedAtSeconds: number;
              addedBy: string;
              expiresAtSeconds?: number | undefined;
            }
          | undefined;
        guard?:
          | {
              kind: "allowlist" | "caller" | "everything" | "host" | "loopback" | "own" | "pbx" | "protected";
              network?: string | undefined;
            }
          | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    add: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        networks: string[];
        note?: string | undefined;
        forSeconds?: number | undefined;
        onlyNew?: boolean | undefined;
      };
      output: {
        networks: string[];
        added: number;
        updated: number;
        liftedBlocks: string[];
        stillAllowed: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    edit: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        network: string;
        note?: string | undefined;
        expiresAtSeconds?: number | null | undefined;
        seen?:
          | {
              note: string;
              expiresAtSeconds: number | null;
            }
          | undefined;
      };
      output: {
        before: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        };
        after: {
          network: string;
          note: string;
          addedAtSeconds: number;
          addedBy: string;
          expiresAtSeconds?: number | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        networks: string[];
      };
      output: {
        removed: number;
        undo?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    restore: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        undo: string;
      };
      output: {
        restored: number;
        present: number;
        refused: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    offerRemoveAll: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        list: "allow" | "deny";
        filter?:
          | {
              search?: string | undefined;
              network?: string | undefined;
              containing?: string | undefined;
              prefix?: string | undefined;
              note?: string | undefined;
              countries?: string[] | undefined;
            }
          | undefined;
      };
      output: {
        confirmation: string;
        count: number;
        endsAtMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    removeAll: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        confirmation: string;
        filter?:
          | {
              search?: string | undefined;
              network?: string | undefined;
              containing?: string | undefined;
              prefix?: string | undefined;
              note?: string | undefined;
              countries?: string[] | undefined;
            }
          | undefined;
        except?: string[] | undefined;
      };
      output: {
        removed: number;
        undo?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    template: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: string;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    export: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        list: "allow" | "deny";
        place?:
          | {
              after: string;
              withExpiry: boolean;
            }
          | undefined;
      };
      output: {
        csv: string;
        next?:
          | {
              after: string;
              withExpiry: boolean;
            }
          | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    fileBegin: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        list: "allow" | "deny";
        purpose: "import" | "import-trial" | "removal" | "removal-trial";
      };
      output: {
        file: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    filePush: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        file: string;
        number: number;
        data: string;
      };
      output: {
        bytes: number;
        records: number;
        added: number;
        updated: number;
        removed: number;
        badCount: number;
        bad: {
          line: number;
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
          text: string;
          detail: string;
        }[];
        sample?:
          | {
              line: number;
              network: string;
              note: string;
            }[]
          | undefined;
        undo?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    fileEnd: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        file: string;
      };
      output: {
        bytes: number;
        records: number;
        added: number;
        updated: number;
        removed: number;
        badCount: number;
        bad: {
          line: number;
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
          text: string;
          detail: string;
        }[];
        sample?:
          | {
              line: number;
              network: string;
              note: string;
            }[]
          | undefined;
        undo?: string | undefined;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  notifications: {
    get: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        settings: {
          language: "en" | "fr";
          recipients: string[];
          smtp: {
            host: string;
            port: number;
            security: "none" | "starttls" | "tls";
            verifyCertificate: boolean;
            user: string;
            from: string;
          } | null;
          webhook: {
            url: string;
          } | null;
          mailOn: boolean;
          webhookOn: boolean;
          dailySummaryOn: boolean;
          dailySummaryHour: number;
          timeZone: string;
          attackMessagesOn: boolean;
          attackIntervalMinutes: number;
        };
        hasSmtpPassword: boolean;
        hasWebhookSecret: boolean;
        channels: {
          channel: "mail" | "webhook";
          state: "failed" | "off" | "ok" | "unused";
          detail: string;
          sinceMs: number;
          lastSentAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    health: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        channel: "mail" | "webhook";
        state: "failed" | "off" | "ok" | "unused";
        detail: string;
        sinceMs: number;
        lastSentAtMs?: number | undefined;
        nextTryAtMs?: number | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    change: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        settings: {
          language?: "en" | "fr" | undefined;
          recipients?: string[] | undefined;
          smtp?:
            | {
                host: string;
                port: number;
                security: "none" | "starttls" | "tls";
                from: string;
                verifyCertificate?: boolean | undefined;
                user?: string | undefined;
              }
            | null
            | undefined;
          webhook?:
            | {
                url: string;
              }
            | null
            | undefined;
          mailOn?: boolean | undefined;
          webhookOn?: boolean | undefined;
          dailySummaryOn?: boolean | undefined;
          dailySummaryHour?: number | undefined;
          timeZone?: string | undefined;
          attackMessagesOn?: boolean | undefined;
          attackIntervalMinutes?: number | undefined;
        };
        expected?:
          | {
              language?: "en" | "fr" | undefined;
              recipients?: string[] | undefined;
              smtp?:
                | {
                    host: string;
                    port: number;
                    security: "none" | "starttls" | "tls";
                    from: string;
                    verifyCertificate?: boolean | undefined;
                    user?: string | undefined;
                  }
                | null
                | undefined;
              webhook?:
                | {
                    url: string;
                  }
                | null
                | undefined;
              mailOn?: boolean | undefined;
              webhookOn?: boolean | undefined;
              dailySummaryOn?: boolean | undefined;
              dailySummaryHour?: number | undefined;
              timeZone?: string | undefined;
              attackMessagesOn?: boolean | undefined;
              attackIntervalMinutes?: number | undefined;
            }
          | undefined;
        smtpPassword?: string | undefined;
        webhookSecret?: string | undefined;
      };
      output: {
        settings: {
          language: "en" | "fr";
          recipients: string[];
          smtp: {
            host: string;
            port: number;
            security: "none" | "starttls" | "tls";
            verifyCertificate: boolean;
            user: string;
            from: string;
          } | null;
          webhook: {
            url: string;
          } | null;
          mailOn: boolean;
          webhookOn: boolean;
          dailySummaryOn: boolean;
          dailySummaryHour: number;
          timeZone: string;
          attackMessagesOn: boolean;
          attackIntervalMinutes: number;
        };
        hasSmtpPassword: boolean;
        hasWebhookSecret: boolean;
        channels: {
          channel: "mail" | "webhook";
          state: "failed" | "off" | "ok" | "unused";
          detail: string;
          sinceMs: number;
          lastSentAtMs?: number | undefined;
          nextTryAtMs?: number | undefined;
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    sendTest: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        channel: "mail" | "webhook";
      };
      output: {
        isTaken: boolean;
        answer: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    testDialogue: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        channel: "mail" | "webhook";
      };
      output:
        | {
            begunAtMs: number;
            isOver: boolean;
            lines: {
              speaker: "server" | "sipprot";
              text: string;
              atMs: number;
            }[];
          }
        | undefined;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    history: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        page?: number | undefined;
        size?: number | undefined;
        sort?: "atMs" | undefined;
        descending?: boolean | undefined;
        filter?: Record<string, never> | undefined;
      };
      output: {
        rows: {
          atMs: number;
          channel: "mail" | "webhook";
          kind: "attacks" | "daily-report" | "test";
          subject: string;
          isTaken: boolean;
          answer: string;
        }[];
        total: number;
        asOfMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  reports: {
    daily: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        date: string;
      };
      output: {
        host: string;
        date: string;
        rows: {
          attacker: string;
          country: string;
          countryName: string;
          method: string;
          victim: string;
          blocks: number;
        }[];
        unnamed: number;
        total: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    formatted: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        date: string;
        format: "csv" | "html" | "text";
        language?: "en" | "fr" | undefined;
      };
      output: string;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    mail: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        date: string;
      };
      output: {
        isTaken: boolean;
        answer: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  services: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        name: string;
        pid: number;
        status: string;
        restarts: number;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    act: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        action: "reload" | "restart" | "start" | "stop";
      };
      output: {
        name: string;
        pid: number;
        status: string;
        restarts: number;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  settings: {
    get: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        settings: {
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          blockRuleFailuresPerMinute: number;
          accountFailuresPerMinute: number;
          dynamicBlockSeconds: number;
          blockThreshold: number;
          floodMessagesPerSecond: number;
          floodBurstMessages: number;
          enumerationAccountsPerMinute: number;
          blockedAgents: string[];
          geoMode: "allow" | "deny" | "off";
          geoCountries: string[];
          geoWholeHost: boolean;
          geoDatabaseFile: string;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
          tftpBurstRequests: number;
          dnsProtectionOn: boolean;
          failOpen: boolean;
          forbiddenCountsAsFailure: boolean;
        };
        unknown: string[];
        refused: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    change: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        mode?: "observe" | "protect" | undefined;
        protocols?: ("tcp" | "udp")[] | undefined;
        sipPorts?: string[] | undefined;
        blockRuleFailuresPerMinute?: number | undefined;
        accountFailuresPerMinute?: number | undefined;
        dynamicBlockSeconds?: number | undefined;
        blockThreshold?: number | undefined;
        floodMessagesPerSecond?: number | undefined;
        floodBurstMessages?: number | undefined;
        enumerationAccountsPerMinute?: number | undefined;
        blockedAgents?: string[] | undefined;
        geoMode?: "allow" | "deny" | "off" | undefined;
        geoCountries?: string[] | undefined;
        geoWholeHost?: boolean | undefined;
        geoDatabaseFile?: string | undefined;
        tftpLimitOn?: boolean | undefined;
        tftpRequestsPerMinute?: number | undefined;
        tftpBurstRequests?: number | undefined;
        dnsProtectionOn?: boolean | undefined;
        failOpen?: boolean | undefined;
        forbiddenCountsAsFailure?: boolean | undefined;
      };
      output: {
        settings: {
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          blockRuleFailuresPerMinute: number;
          accountFailuresPerMinute: number;
          dynamicBlockSeconds: number;
          blockThreshold: number;
          floodMessagesPerSecond: number;
          floodBurstMessages: number;
          enumerationAccountsPerMinute: number;
          blockedAgents: string[];
          geoMode: "allow" | "deny" | "off";
          geoCountries: string[];
          geoWholeHost: boolean;
          geoDatabaseFile: string;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
          tftpBurstRequests: number;
          dnsProtectionOn: boolean;
          failOpen: boolean;
          forbiddenCountsAsFailure: boolean;
        };
        warnings: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    save: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        patch: {
          mode?: "observe" | "protect" | undefined;
          protocols?: ("tcp" | "udp")[] | undefined;
          sipPorts?: string[] | undefined;
          blockRuleFailuresPerMinute?: number | undefined;
          accountFailuresPerMinute?: number | undefined;
          dynamicBlockSeconds?: number | undefined;
          blockThreshold?: number | undefined;
          floodMessagesPerSecond?: number | undefined;
          floodBurstMessages?: number | undefined;
          enumerationAccountsPerMinute?: number | undefined;
          blockedAgents?: string[] | undefined;
          geoMode?: "allow" | "deny" | "off" | undefined;
          geoCountries?: string[] | undefined;
          geoWholeHost?: boolean | undefined;
          geoDatabaseFile?: string | undefined;
          tftpLimitOn?: boolean | undefined;
          tftpRequestsPerMinute?: number | undefined;
          tftpBurstRequests?: number | undefined;
          dnsProtectionOn?: boolean | undefined;
          failOpen?: boolean | undefined;
          forbiddenCountsAsFailure?: boolean | undefined;
        };
        from: {
          mode?: "observe" | "protect" | undefined;
          protocols?: ("tcp" | "udp")[] | undefined;
          sipPorts?: string[] | undefined;
          blockRuleFailuresPerMinute?: number | undefined;
          accountFailuresPerMinute?: number | undefined;
          dynamicBlockSeconds?: number | undefined;
          blockThreshold?: number | undefined;
          floodMessagesPerSecond?: number | undefined;
          floodBurstMessages?: number | undefined;
          enumerationAccountsPerMinute?: number | undefined;
          blockedAgents?: string[] | undefined;
          geoMode?: "allow" | "deny" | "off" | undefined;
          geoCountries?: string[] | undefined;
          geoWholeHost?: boolean | undefined;
          geoDatabaseFile?: string | undefined;
          tftpLimitOn?: boolean | undefined;
          tftpRequestsPerMinute?: number | undefined;
          tftpBurstRequests?: number | undefined;
          dnsProtectionOn?: boolean | undefined;
          failOpen?: boolean | undefined;
          forbiddenCountsAsFailure?: boolean | undefined;
        };
      };
      output: {
        settings: {
          mode: "observe" | "protect";
          protocols: ("tcp" | "udp")[];
          sipPorts: string[];
          blockRuleFailuresPerMinute: number;
          accountFailuresPerMinute: number;
          dynamicBlockSeconds: number;
          blockThreshold: number;
          floodMessagesPerSecond: number;
          floodBurstMessages: number;
          enumerationAccountsPerMinute: number;
          blockedAgents: string[];
          geoMode: "allow" | "deny" | "off";
          geoCountries: string[];
          geoWholeHost: boolean;
          geoDatabaseFile: string;
          tftpLimitOn: boolean;
          tftpRequestsPerMinute: number;
          tftpBurstRequests: number;
          dnsProtectionOn: boolean;
          failOpen: boolean;
          forbiddenCountsAsFailure: boolean;
        };
        warnings: string[];
        pending: {
          id: string;
          by: string;
          atMs: number;
          untilMs: number;
          before: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          after: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    pending: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        pending: {
          id: string;
          by: string;
          atMs: number;
          untilMs: number;
          before: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          after: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
        } | null;
        ended: {
          id: string;
          how: "confirmed" | "undone" | "undone-by-time";
          by: string;
          atMs: number;
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    confirm: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: {
        pending: {
          id: string;
          by: string;
          atMs: number;
          untilMs: number;
          before: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          after: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
        } | null;
        ended: {
          id: string;
          how: "confirmed" | "undone" | "undone-by-time";
          by: string;
          atMs: number;
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    undo: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: {
        pending: {
          id: string;
          by: string;
          atMs: number;
          untilMs: number;
          before: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          after: {
            mode?: "observe" | "protect" | undefined;
            protocols?: ("tcp" | "udp")[] | undefined;
            sipPorts?: string[] | undefined;
            blockRuleFailuresPerMinute?: number | undefined;
            accountFailuresPerMinute?: number | undefined;
            dynamicBlockSeconds?: number | undefined;
            blockThreshold?: number | undefined;
            floodMessagesPerSecond?: number | undefined;
            floodBurstMessages?: number | undefined;
            enumerationAccountsPerMinute?: number | undefined;
            blockedAgents?: string[] | undefined;
            geoMode?: "allow" | "deny" | "off" | undefined;
            geoCountries?: string[] | undefined;
            geoWholeHost?: boolean | undefined;
            geoDatabaseFile?: string | undefined;
            tftpLimitOn?: boolean | undefined;
            tftpRequestsPerMinute?: number | undefined;
            tftpBurstRequests?: number | undefined;
            dnsProtectionOn?: boolean | undefined;
            failOpen?: boolean | undefined;
            forbiddenCountsAsFailure?: boolean | undefined;
          };
          dangers: ("countries" | "fail-closed" | "fewer-protocols" | "protecting" | "whole-host")[];
        } | null;
        ended: {
          id: string;
          how: "confirmed" | "undone" | "undone-by-time";
          by: string;
          atMs: number;
        } | null;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    preview: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        mode?: "observe" | "protect" | undefined;
        protocols?: ("tcp" | "udp")[] | undefined;
        sipPorts?: string[] | undefined;
        blockRuleFailuresPerMinute?: number | undefined;
        accountFailuresPerMinute?: number | undefined;
        dynamicBlockSeconds?: number | undefined;
        blockThreshold?: number | undefined;
        floodMessagesPerSecond?: number | undefined;
        floodBurstMessages?: number | undefined;
        enumerationAccountsPerMinute?: number | undefined;
        blockedAgents?: string[] | undefined;
        geoMode?: "allow" | "deny" | "off" | undefined;
        geoCountries?: string[] | undefined;
        geoWholeHost?: boolean | undefined;
        geoDatabaseFile?: string | undefined;
        tftpLimitOn?: boolean | undefined;
        tftpRequestsPerMinute?: number | undefined;
        tftpBurstRequests?: number | undefined;
        dnsProtectionOn?: boolean | undefined;
        failOpen?: boolean | undefined;
        forbiddenCountsAsFailure?: boolean | undefined;
      };
      output: {
        fromMs: number;
        toMs: number;
        isWhole: boolean;
        events: number;
        refused: {
          sources: number;
          messages: number;
          rows: {
            source: string;
            country: string;
            agent: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            messages: number;
            accounts: number;
          }[];
        };
        passed: {
          sources: number;
          messages: number;
          rows: {
            source: string;
            country: string;
            agent: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            messages: number;
            accounts: number;
          }[];
        };
        hurt: {
          sources: number;
          accounts: number;
          rows: {
            source: string;
            country: string;
            gate: "allowed" | "blocked" | "country" | "denied" | "flood" | "guessing" | "malformed" | "scanner";
            accounts: string[];
            accountCount: number;
            isTrunk: boolean;
            agents: string[];
          }[];
        };
        registered: {
          sources: number;
          accounts: number;
        };
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
          | "tftpBurstRequests"
          | "tftpLimitOn"
          | "tftpRequestsPerMinute"
        )[];
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
          | "tftpBurstRequests"
          | "tftpLimitOn"
          | "tftpRequestsPerMinute"
        )[];
        own: {
          address: string;
          country: string;
          isRefused: boolean;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    boot: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        configFile: string;
        settings: {
          name: string;
          value: string;
          from: "default" | "environment" | "file";
          isChanged: boolean;
          restart: "control" | "everything" | "proxy" | "redis" | "web";
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  setup: {
    progress: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    completeStep: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        step: "addresses" | "language" | "mail" | "mode" | "password" | "pbx";
        outcome: "answered" | "skipped";
      };
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    end: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        end: "finished" | "put-off";
      };
      output: {
        done: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        skipped: ("addresses" | "language" | "mail" | "mode" | "password" | "pbx")[];
        state: "finished" | "open" | "put-off";
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    standing: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        state: "finished" | "open" | "put-off";
        isGateUp: boolean;
        hasAnswer: boolean;
        hasTraffic: boolean;
        places: {
          address: string;
          port: number;
        }[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    caller: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        address: string;
        standing: "allowed" | "local" | "stranger";
        networks: string[];
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    pbx: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        path: "relay" | "transparent" | "unknown";
        places: {
          address: string;
          port: number;
        }[];
        setting: "SIPPROT_PBX" | "SIPPROT_PROTECT";
        isSetByEnvironment: boolean;
        configFile: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    probePbx: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        address: string;
        port: number;
      };
      output: {
        isAnswered: boolean;
        answer: string;
        tookMs: number;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    choosePbx: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        address: string;
        port: number;
      };
      output: {
        path: "relay" | "transparent" | "unknown";
        places: {
          address: string;
          port: number;
        }[];
        setting: "SIPPROT_PBX" | "SIPPROT_PROTECT";
        isSetByEnvironment: boolean;
        configFile: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  stats: {
    read: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        from: string;
        to: string;
        timeline?: "day" | "hour" | undefined;
        top?: number | undefined;
      };
      output: {
        from: string;
        to: string;
        asOfMs: number;
        refused: number;
        wouldRefuse: number;
        blocksBegun: number;
        deniedForGood: number;
        endpoints: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        countries: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        gates: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        timeline: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        sources: {
          source: string;
          country: string;
          refused: number;
          wouldRefuse: number;
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
        }[];
        agents: {
          agent: string;
          refused: number;
          wouldRefuse: number;
        }[];
        sourcesAreComplete: boolean;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    window: import("@trpc/server").TRPCQueryProcedure<{
      input: {
        fromMs: number;
        toMs: number;
        filter?:
          | {
              country?: string | undefined;
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
              endpoint?: string | undefined;
            }
          | undefined;
        top?: number | undefined;
      };
      output: {
        fromMs: number;
        toMs: number;
        asOfMs: number;
        now: {
          refused: number;
          wouldRefuse: number;
          blocksBegun: number;
          deniedForGood: number;
          passed?: number | undefined;
          blocksAtBegin?: number | undefined;
        };
        before: {
          refused: number;
          wouldRefuse: number;
          blocksBegun: number;
          deniedForGood: number;
          passed?: number | undefined;
          blocksAtBegin?: number | undefined;
        };
        stepMs: number;
        timeline: {
          atMs: number;
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
          passed?: number | undefined;
        }[];
        endpoints: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        countries: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        gates: {
          name: string;
          refused: number;
          wouldRefuse: number;
        }[];
        sources: {
          source: string;
          country: string;
          refused: number;
          wouldRefuse: number;
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
        }[];
        agents: {
          agent: string;
          refused: number;
          wouldRefuse: number;
        }[];
        sourcesAreComplete: boolean;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  tokens: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        id: string;
        name: string;
        role: "administrator" | "operator" | "viewer";
        createdBy: string;
        createdAtMs: number;
        expiresAtMs?: number | undefined;
        lastUsedAtMs?: number | undefined;
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    create: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        expiresAtMs?: number | undefined;
      };
      output: {
        secret: string;
        token: {
          id: string;
          name: string;
          role: "administrator" | "operator" | "viewer";
          createdBy: string;
          createdAtMs: number;
          expiresAtMs?: number | undefined;
          lastUsedAtMs?: number | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    revoke: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        id: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
  users: {
    list: import("@trpc/server").TRPCQueryProcedure<{
      input: void;
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      }[];
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    add: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
        role: "administrator" | "operator" | "viewer";
      };
      output: {
        user: {
          name: string;
          role: "administrator" | "operator" | "viewer";
          isDisabled: boolean;
          mustChangePassword: boolean;
          hasSecondFactor: boolean;
          recoveryCodesLeft: number;
          createdAtMs: number;
          passwordChangedAtMs: number;
          preferences: {
            language?: "en" | "fr" | undefined;
            colorScheme?: "auto" | "dark" | "light" | undefined;
            timeZone?: string | undefined;
          };
        };
        password: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    setRole: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
        role: "administrator" | "operator" | "viewer";
      };
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    reset: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
      };
      output: {
        user: {
          name: string;
          role: "administrator" | "operator" | "viewer";
          isDisabled: boolean;
          mustChangePassword: boolean;
          hasSecondFactor: boolean;
          recoveryCodesLeft: number;
          createdAtMs: number;
          passwordChangedAtMs: number;
          preferences: {
            language?: "en" | "fr" | undefined;
            colorScheme?: "auto" | "dark" | "light" | undefined;
            timeZone?: string | undefined;
          };
        };
        password: string;
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    setDisabled: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
        isDisabled: boolean;
      };
      output: {
        name: string;
        role: "administrator" | "operator" | "viewer";
        isDisabled: boolean;
        mustChangePassword: boolean;
        hasSecondFactor: boolean;
        recoveryCodesLeft: number;
        createdAtMs: number;
        passwordChangedAtMs: number;
        preferences: {
          language?: "en" | "fr" | undefined;
          colorScheme?: "auto" | "dark" | "light" | undefined;
          timeZone?: string | undefined;
        };
      };
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
    remove: import("@trpc/server").TRPCMutationProcedure<{
      input: {
        name: string;
      };
      output: void;
      meta: ProcedureMeta;
      errorShape: ErrorShape;
    }>;
  };
};
/** All procedures, by noun; for a tRPC client of your own. */
export type AppRouter = TRPCBuiltRouter<
  {
    ctx: object;
    meta: object;
    errorShape: ErrorShape;
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
