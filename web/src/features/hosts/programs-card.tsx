/** The programs of this installation, and what can be done to the proxy. */
"use client";
import { Button, Group, Table, Text, Title } from "@mantine/core";
import type { HostStatus } from "@sipprot/shared/host";
import type { ServiceAction, ServiceStatus } from "@sipprot/shared/service";
import Play from "lucide-react/icons/play";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import RotateCw from "lucide-react/icons/rotate-cw";
import Square from "lucide-react/icons/square";
import { useId } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { FormError } from "../../components/form-error.tsx";
import { useMay } from "../../trpc/use-me.ts";
import { isProxyRunning } from "./action-progress.ts";
import { ActionProgressNote } from "./action-progress-note.tsx";
import styles from "./host-card.module.css";
import { ProgramState, useProgramNames } from "./program-state.tsx";
import { useConsequence } from "./use-consequence.ts";
import { useProxyAction } from "./use-proxy-action.ts";

export function ProgramsCard({
  programs,
  here,
  isStoreAnswering,
}: {
  readonly programs: readonly ServiceStatus[];
  /** This installation's own host; undefined when it never reported. */
  readonly here: HostStatus | undefined;
  /** True when the store gave an answer just now. */
  readonly isStoreAnswering: boolean;
}) {
  const t = useTranslations("hosts");
  const format = useFormatter();
  const titleId = useId();
  const names = useProgramNames();
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header>
        <Title order={2} id={titleId}>
          {t("programs")}
        </Title>
        <Text c="dimmed">{t("programsNote")}</Text>
      </header>
      <Table aria-label={t("programs")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("program")}</Table.Th>
            <Table.Th scope="col">{t("state")}</Table.Th>
            <Table.Th scope="col" ta="end" visibleFrom="xs">
              {t("pid")}
            </Table.Th>
            <Table.Th scope="col" ta="end" visibleFrom="xs">
              {t("restarts")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {programs.map(({ name, pid, status, restarts }) => (
            <Table.Tr key={name} data-program={name}>
              <Table.Th scope="row" fw={500}>
                {names[name] ?? name}
              </Table.Th>
              <Table.Td>
                <ProgramState status={status} />
              </Table.Td>
              <Table.Td ta="end" visibleFrom="xs">
                {pid === 0 ? "–" : pid}
              </Table.Td>
              <Table.Td ta="end" visibleFrom="xs">
                {format.number(restarts)}
              </Table.Td>
            </Table.Tr>
          ))}
          <Elsewhere
            names={isStoreAnswering ? ["sipprot-redis", "sipprot-control"] : ["sipprot-control"]}
            programs={programs}
          />
        </Table.Tbody>
      </Table>
      <ProxyActions programs={programs} here={here} />
    </section>
  );
}

/** What answers though the process manager does not run it. */
function Elsewhere({
  names: answering,
  programs,
}: {
  readonly names: readonly string[];
  readonly programs: readonly ServiceStatus[];
}) {
  const t = useTranslations("hosts");
  const names = useProgramNames();
  return answering
    .filter((name) => !programs.some((program) => program.name === name))
    .map((name) => (
      <Table.Tr key={name} data-program={name}>
        <Table.Th scope="row" fw={500}>
          {names[name]}
          <Text size="xs" c="dimmed">
            {t("elsewhere")}
          </Text>
        </Table.Th>
        <Table.Td>
          <ProgramState status="online" label={t("programAnswers")} />
        </Table.Td>
        <Table.Td ta="end" visibleFrom="xs">
          –
        </Table.Td>
        <Table.Td ta="end" visibleFrom="xs">
          –
        </Table.Td>
      </Table.Tr>
    ));
}

function ProxyActions({
  programs,
  here,
}: {
  readonly programs: readonly ServiceStatus[];
  readonly here: HostStatus | undefined;
}) {
  const t = useTranslations("hosts");
  const confirm = useConfirm();
  const consequence = useConsequence();
  const may = useMay("administrator");
  const { run, action, progress, error } = useProxyAction(here);
  const isRunning = isProxyRunning(programs);
  const isForeign = !isRunning && here !== undefined && !here.isSilent && progress === undefined;
  const isBusy = progress === "asked" || progress === "coming-up";
  const why = may ? (isForeign ? t("foreign") : undefined) : t("needsAdministrator");
  const words: Record<ServiceAction, { readonly label: string; readonly title: string }> = {
    start: { label: t("start"), title: t("startTitle") },
    reload: { label: t("reload"), title: t("reloadTitle") },
    restart: { label: t("restart"), title: t("restartTitle") },
    stop: { label: t("stop"), title: t("stopTitle") },
  };
  const icons = { start: Play, reload: RotateCw, restart: RotateCcw, stop: Square } as const;
  const ask = async (next: ServiceAction) => {
    const isYes = await confirm({
      title: words[next].title,
      text: consequence(next, here?.path),
      confirmLabel: words[next].label,
      isDangerous: next === "stop",
    });
    if (isYes) run(next);
  };
  return (
    <div>
      <Group gap="xs" role="group" aria-label={t("proxyActions")} data-print="no">
        {(isRunning ? (["reload", "restart", "stop"] as const) : (["start"] as const)).map((next) => {
          const Icon = icons[next];
          return (
            <Button
              key={next}
              variant={next === "start" ? "filled" : "default"}
              leftSection={<Icon size={15} aria-hidden />}
              disabled={why !== undefined || isBusy}
              loading={isBusy && action === next}
              onClick={() => ask(next)}
            >
              {words[next].label}
            </Button>
          );
        })}
      </Group>
      {why !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {why}
        </Text>
      )}
      <ActionProgressNote action={action} progress={progress} />
      <FormError error={error} />
    </div>
  );
}
