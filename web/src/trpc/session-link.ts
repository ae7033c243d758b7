/** Sends a call again after the session ended in mid-work and somebody signed in anew. */
import type { AppRouter } from "@sipprot/client";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { readError } from "./read-error.ts";
import type { SessionGate } from "./session-gate.ts";

/** Calls that are about signing in themselves: their errors belong to who called. */
const OWN_ERRORS: ReadonlySet<string> = new Set(["auth.signIn", "auth.signOut"]);

/** Where nobody is signed in yet there is no session that could have ended, and nothing to hold. */
const isSignInPage = () => window.location.pathname === "/sign-in";

/** The link; it stands before those that send. */
export function sessionLink(gate: SessionGate): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let isOver = false;
        let current = send();
        function send() {
          return next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (readError(error).code !== "not-signed-in" || OWN_ERRORS.has(op.path) || isSignInPage()) {
                observer.error(error);
                return;
              }
              void gate.wait().then((outcome) => {
                if (isOver) return;
                if (outcome === "signed-in") current = send();
                else observer.error(error);
              });
            },
          });
        }
        return () => {
          isOver = true;
          current.unsubscribe();
        };
      });
}
