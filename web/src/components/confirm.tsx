/** Asks before something is done. Dangerous things say what will happen. */
"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import type { Question } from "./question.ts";
import { useReturnFocus } from "./use-return-focus.ts";

interface Asked extends Question {
  readonly answer: (isYes: boolean) => void;
}

const ConfirmContext = createContext<(question: Question) => Promise<boolean>>(() => Promise.resolve(false));
const ConfirmDialog = dynamic(() => import("./confirm-dialog.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

/** `if (await confirm({ … })) …` */
export function useConfirm(): (question: Question) => Promise<boolean> {
  return useContext(ConfirmContext);
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const [isShown, setShown] = useState(false);
  const { remember, giveBack } = useReturnFocus();
  const confirm = useCallback(
    (question: Question) =>
      new Promise<boolean>((resolve) => {
        remember();
        setAsked((before) => {
          before?.answer(false);
          return { ...question, answer: resolve };
        });
        setShown(true);
      }),
    [remember],
  );
  const answer = (isYes: boolean) => {
    asked?.answer(isYes);
    setShown(false);
    giveBack();
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {/* The question stays while the dialog fades. */}
      {asked !== undefined && <ConfirmDialog question={asked} isShown={isShown} onAnswer={answer} />}
    </ConfirmContext>
  );
}
