/** The client for other programs: all that `@sipprot/client` gives. */
export { createSipprotClient, type SipprotClient } from "./client.ts";
export { type ClientErrorCode, describeFailure, type Failure, SipprotClientError } from "./client-error.ts";
export type { SipprotClientOptions } from "./options.ts";
export type { AppRouter, RouterInputs, RouterOutputs } from "./router.ts";
