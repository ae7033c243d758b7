/** Asks before unsaved changes are left behind: on a link, a reload, a closed tab. Going back keeps them, see the draft. */
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";

export function useLeaveGuard(isDirty: boolean): void {
  const t = useTranslations("settings");
  const confirm = useConfirm();
  const router = useRouter();
  useEffect(() => {
    if (!isDirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const isOurs = link instanceof HTMLAnchorElement && link.origin === window.location.origin;
      const staysHere = isOurs && link.pathname === window.location.pathname;
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (!isOurs || staysHere || opensElsewhere || link.target === "_blank") return;
      event.preventDefault();
      event.stopPropagation();
      const question = { title: t("leaveTitle"), text: t("leaveText"), confirmLabel: t("leave") };
      void confirm(question).then((isYes) => {
        if (isYes) router.push(`${link.pathname}${link.search}`);
      });
    };
    window.addEventListener("beforeunload", onUnload);
    // Before the link's own handler.
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [isDirty, confirm, router, t]);
}
