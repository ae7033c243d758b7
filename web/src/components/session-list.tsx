/** Sessions: from where, with what, since when; ended one by one. */
"use client";
import { Button } from "@mantine/core";
import type { SessionInfo } from "@sipprot/shared/account";
import MonitorSmartphone from "lucide-react/icons/monitor-smartphone";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "./data-column.ts";
import { DateTime } from "./date-time.tsx";
import { PlainTable } from "./plain-table.tsx";
import { readAgent } from "./read-agent.ts";
import { StatusBadge } from "./status-badge.tsx";
import { TimeAgo } from "./time-ago.tsx";
import { WireText } from "./wire-text.tsx";

export interface SessionListProps {
  readonly label: string;
  readonly sessions: readonly SessionInfo[];
  /** Whose each is, where they are of several accounts. */
  readonly withUser?: boolean;
  readonly onEnd: (session: SessionInfo) => void;
}

export function SessionList({ label, sessions, withUser = false, onEnd }: SessionListProps) {
  const t = useTranslations("account");
  const columns = useMemo<ReadonlyArray<DataColumn<SessionInfo>>>(
    () => [
      ...(withUser ? [{ id: "user", header: t("sessionUser"), cell: ({ user }: SessionInfo) => user }] : []),
      {
        id: "agent",
        header: t("sessionAgent"),
        isTitle: true,
        cell: ({ agent, isCurrent }) => (
          <>
            <span title={agent}>{readAgent(agent) ?? <WireText text={agent} foldAfter={40} />}</span>{" "}
            {isCurrent && <StatusBadge icon={MonitorSmartphone} color="accent" label={t("thisSession")} />}
          </>
        ),
      },
      { id: "address", header: t("sessionAddress"), cell: ({ address }) => <WireText text={address} /> },
      { id: "created", header: t("sessionSince"), cell: ({ createdAtMs }) => <DateTime atMs={createdAtMs} /> },
      { id: "seen", header: t("sessionSeen"), cell: ({ seenAtMs }) => <TimeAgo atMs={seenAtMs} /> },
    ],
    [t, withUser],
  );
  return (
    <PlainTable
      label={label}
      columns={columns}
      rows={sessions}
      rowKey={({ id }) => id}
      rowActions={(session) =>
        !session.isCurrent && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t("endSessionOf", { user: session.user, address: session.address })}
            onClick={() => onEnd(session)}
          >
            {t("endSession")}
          </Button>
        )
      }
    />
  );
}
