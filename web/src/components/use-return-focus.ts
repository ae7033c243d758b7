/** Gives the focus back to what had it before a dialog; where that is gone, to the page's place for it. */
import { useCallback, useRef } from "react";

/** The dialog lets the focus go only once it is told to close. */
const AFTER_CLOSING_MS = 30;
/** A row that was removed is taken out of the page a little after the list was loaded anew. */
const AFTER_DRAWING_MS = 150;
/** Marks where the focus goes when what had it is gone; it can take it (`tabIndex={-1}`). */
const FOCUS_PLACE = "main [data-focus-place]";

/** Puts the focus at the page's place for it when nothing has it any more, once what was changed is drawn. */
export function rescueFocus(): void {
  setTimeout(() => {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    document.querySelector<HTMLElement>(FOCUS_PLACE)?.focus({ preventScroll: true });
  }, AFTER_DRAWING_MS);
}

/** `remember` when the dialog opens, `giveBack` when it closes. Both are stable. */
export function useReturnFocus(): { readonly remember: () => void; readonly giveBack: () => void } {
  const opener = useRef<Element | null>(null);
  const remember = useCallback(() => {
    opener.current = document.activeElement;
  }, []);
  const giveBack = useCallback(() => {
    setTimeout(() => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
      rescueFocus();
    }, AFTER_CLOSING_MS);
  }, []);
  return { remember, giveBack };
}
