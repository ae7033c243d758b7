/** Tells what was done, or what went wrong, in the corner and to screen readers. */
import { useCallback } from "react";
import { useErrorText } from "./error-text.ts";
import { useAnnounce } from "./live-region.tsx";
import { showNotice } from "./notices.ts";

export function useTold() {
  const word = useErrorText();
  const announce = useAnnounce();
  const failed = useCallback(
    (error: unknown) => {
      const { text, remedy } = word(error);
      void showNotice({ color: "red", title: text, message: remedy, autoClose: false });
    },
    [word],
  );
  const done = useCallback(
    (message: string) => {
      announce(message);
      void showNotice({ message });
    },
    [announce],
  );
  return { done, failed };
}
