/** Keeps a reader from leaving a page with changes that are not saved: asks at links of ours, and at the browser's own ways out. */
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useConfirm } from "./confirm.tsx";
import type { Question } from "./question.ts";

/** Keep `question` stable (useMemo). */
export function useUnsavedGuard(isUnsaved: boolean, question: Question): void {
  const confirm = useConfirm();
  const router = useRouter();
  useEffect(() => {
    if (!isUnsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (link === null || !isPlain || link.target === "_blank" || link.origin !== window.location.origin) return;
      if (link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      void confirm(question).then((isYes) => {
        if (isYes) router.push(link.pathname + link.search);
      });
    };
    window.addEventListener("beforeunload", onUnload);
    // Before the link's own listener, which would leave at once.
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [isUnsaved, question, confirm, router]);
}
