/** A dialog that is loaded when it is first wanted: what it is about stays while it fades, and the focus comes back. */
import { useCallback, useState } from "react";
import { useReturnFocus } from "./use-return-focus.ts";

export interface DialogState<Subject> {
  /** What it is about; undefined before it was ever opened. */
  readonly subject: Subject | undefined;
  readonly isShown: boolean;
  /** Another with each opening: a key for a fresh dialog. */
  readonly turn: number;
  readonly open: (subject: Subject) => void;
  readonly close: () => void;
}

export function useDialog<Subject>(): DialogState<Subject> {
  const [state, setState] = useState<{ subject: Subject | undefined; isShown: boolean; turn: number }>({
    subject: undefined,
    isShown: false,
    turn: 0,
  });
  const { remember, giveBack } = useReturnFocus();
  const open = useCallback(
    (subject: Subject) => {
      remember();
      setState(({ turn }) => ({ subject, isShown: true, turn: turn + 1 }));
    },
    [remember],
  );
  const close = useCallback(() => {
    setState((before) => ({ ...before, isShown: false }));
    giveBack();
  }, [giveBack]);
  return { ...state, open, close };
}
