/** Shows the sign-in over the page while calls wait for it; loaded when the first does. */
"use client";
import dynamic from "next/dynamic";
import { useSessionGate } from "../../trpc/session-gate-context.ts";

const SignInDialog = dynamic(() => import("./sign-in-dialog.tsx").then((module) => module.SignInDialog), {
  ssr: false,
});

export function SignInGate() {
  const { isOpen, settle } = useSessionGate();
  if (!isOpen) return null;
  return <SignInDialog onSignedIn={() => settle("signed-in")} onGivenUp={() => settle("given-up")} />;
}
