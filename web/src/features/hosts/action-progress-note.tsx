/** Says how far an action is, also to who does not see it. */
import { Loader, Text } from "@mantine/core";
import type { ServiceAction } from "@sipprot/shared/service";
import CircleCheck from "lucide-react/icons/circle-check";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useTranslations } from "use-intl";
import type { ActionProgress } from "./action-progress.ts";
import styles from "./action-progress-note.module.css";

export function ActionProgressNote({
  action,
  progress,
}: {
  readonly action: ServiceAction | undefined;
  readonly progress: ActionProgress | undefined;
}) {
  const t = useTranslations("hosts");
  const signs = {
    asked: <Loader size={14} aria-hidden />,
    "coming-up": <Loader size={14} aria-hidden />,
    done: <CircleCheck size={15} aria-hidden />,
    late: <TriangleAlert size={15} aria-hidden />,
  } as const;
  const words: Record<ActionProgress, string> = {
    asked: t("progressAsked"),
    "coming-up": t("progressComingUp"),
    done: action === "stop" ? t("progressStopped") : t("progressDone"),
    late: t("progressLate"),
  };
  return (
    <Text component="div" role="status" className={styles.note} data-progress={progress}>
      {progress !== undefined && (
        <>
          {signs[progress]}
          {words[progress]}
        </>
      )}
    </Text>
  );
}
