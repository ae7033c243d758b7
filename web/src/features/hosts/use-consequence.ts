/** What an action on the proxy does to calls, in words: it depends on how the proxy stands in the path. */
import type { Host } from "@sipprot/shared/host";
import type { ServiceAction } from "@sipprot/shared/service";
import { useTranslations } from "use-intl";

/** The words for an action at a host whose path is known or not. */
export function useConsequence(): (action: ServiceAction, path: Host["path"] | undefined) => string {
  const t = useTranslations("hosts");
  return (action, path) => {
    if (action === "start") return t("startDoes");
    if (path === "relay") return action === "stop" ? t("stopDoesRelay") : t("restartDoesRelay");
    if (path === "transparent") return action === "stop" ? t("stopDoesTransparent") : t("restartDoesTransparent");
    return action === "stop" ? t("stopDoes") : t("restartDoes");
  };
}
