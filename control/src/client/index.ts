/** The client for other programs. */
export { createSipprotClient, type SipprotClient, type SipprotClientOptions } from "./client.ts";
export type { AppRouter, RouterInputs, RouterOutputs } from "./router.ts";
