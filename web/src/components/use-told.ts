/** Tells what was done, or what went wrong, in the corner; a notice is read out by itself. */
import { useCallback } from "react";
import { useErrorText } from "./error-text.ts";
import { showNotice } from "./notices.ts";

export function useTold() {
  const word = useErrorText();
  const failed = useCallback(
    (error: unknown) => {
      const { text, remedy } = word(error);
      void showNotice({ color: "red", title: text, message: remedy, autoClose: false });
    },
    [word],
  );
  const done = useCallback((message: string) => {
    void showNotice({ message });
  }, []);
  return { done, failed };
}
