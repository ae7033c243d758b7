/** Says that something could not be loaded, why, and offers to try again; or that what is shown is old. */
"use client";
import { Alert, Button, Group, Text } from "@mantine/core";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import type { ComponentType } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useErrorText } from "./error-text.ts";
import { StateCard } from "./state-card.tsx";

export interface LoadFailureProps {
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: boolean }>;
  readonly error: unknown;
  readonly isRetrying: boolean;
  readonly onRetry: () => unknown;
}

/** Nothing could be loaded. */
export function LoadFailure({ icon, error, isRetrying, onRetry }: LoadFailureProps) {
  const t = useTranslations("kit");
  const { text, remedy } = useErrorText()(error);
  return (
    <StateCard
      icon={icon}
      role="alert"
      title={t("failedTitle")}
      text={remedy === undefined ? text : `${text} ${remedy}`}
    >
      <Button variant="default" loading={isRetrying} onClick={() => onRetry()}>
        {t("retry")}
      </Button>
    </StateCard>
  );
}

export interface StaleNoticeProps {
  readonly error: unknown;
  /** When what is shown was loaded. */
  readonly sinceMs: number;
  readonly onRetry: () => unknown;
}

/** The last refresh failed; what is shown is of earlier. */
export function StaleNotice({ error, sinceMs, onRetry }: StaleNoticeProps) {
  const t = useTranslations("kit");
  const format = useFormatter();
  const { text } = useErrorText()(error);
  return (
    <Alert color="orange" icon={<TriangleAlert aria-hidden />} role="alert" mb="sm" p="xs">
      <Group justify="space-between" gap="xs">
        <Text inherit>
          {t("stale", { time: format.dateTime(new Date(sinceMs), { timeStyle: "medium" }), reason: text })}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => onRetry()}>
          {t("retry")}
        </Button>
      </Group>
    </Alert>
  );
}
