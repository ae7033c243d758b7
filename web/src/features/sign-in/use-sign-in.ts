/** Signing in: first name and password, then a code where the account has a second factor; and waiting when it must. */
import type { User } from "@sipprot/shared/account";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTick } from "../../components/ticker.ts";
import { readError } from "../../trpc/read-error.ts";
import { serverNowMs } from "../../trpc/server-clock.ts";
import { useTRPC } from "../../trpc/trpc.ts";

export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly code: string;
}

export interface SigningIn {
  readonly stage: "password" | "code";
  /** What the form is to say; that a code is needed is no error. */
  readonly error: unknown;
  readonly isPending: boolean;
  /** Until when no attempt is taken; undefined when one is. */
  readonly waitUntilMs: number | undefined;
  readonly send: (credentials: Credentials) => void;
  /** Back to name and password. */
  readonly restart: () => void;
}

export function useSignIn(onSignedIn: (user: User, credentials: Credentials) => void): SigningIn {
  const trpc = useTRPC();
  const [stage, setStage] = useState<SigningIn["stage"]>("password");
  const [waitUntilMs, setWaitUntilMs] = useState(0);
  const nowMs = useTick(1000);
  const signIn = useMutation(trpc.auth.signIn.mutationOptions());
  const send = (credentials: Credentials) => {
    const { name, password, code } = credentials;
    const given = stage === "code" ? { name, password, code: code.replaceAll(" ", "") } : { name, password };
    signIn.mutate(given, {
      onSuccess: (user) => onSignedIn(user, credentials),
      onError: (error) => {
        const failure = readError(error);
        if (failure.code === "second-factor-needed") setStage("code");
        if (failure.code === "wrong-credentials") setStage("password");
        if (failure.facts.waitMs !== undefined) setWaitUntilMs(serverNowMs() + failure.facts.waitMs);
      },
    });
  };
  const isAskingForCode = readError(signIn.error).code === "second-factor-needed";
  return {
    stage,
    error: isAskingForCode ? undefined : signIn.error,
    isPending: signIn.isPending,
    waitUntilMs: waitUntilMs > nowMs ? waitUntilMs : undefined,
    send,
    restart: () => {
      signIn.reset();
      setStage("password");
    },
  };
}
