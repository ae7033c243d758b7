/** Makes a client that calls a control server with a token. */
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "./router.ts";

export interface SipprotClientOptions {
  /** Where the control server or the pages are: `http://127.0.0.1:8081`, `https://pbx.example:8443`. */
  readonly url: string;
  /** A token as `sipprot token create` shows it. It is sent in the Authorization header only. */
  readonly token: string;
}

export type SipprotClient = TRPCClient<AppRouter>;

/** A client of the server at `url`; nothing is sent before a procedure is called. */
export function createSipprotClient({ url, token }: SipprotClientOptions): SipprotClient {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/api/trpc`, headers: { Authorization: `Bearer ${token}` } })],
  });
}
