/** The timeline as a table: the same numbers for who reads rather than looks, and for the clipboard. */
import { ScrollArea, Table } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { useGateNames } from "../../../components/use-gate-name.ts";
import { listGates, sumStep, type TimelineStep } from "./timeline-layout.ts";
import { useStepTime } from "./use-step-time.ts";

const MAX_HEIGHT = 320;

export function TimelineTable({ steps, stepMs }: { readonly steps: readonly TimelineStep[]; readonly stepMs: number }) {
  const t = useTranslations("dashboard");
  const gateNames = useGateNames();
  const format = useFormatter();
  const formatStep = useStepTime(stepMs, "long");
  const gates = listGates(steps);
  const hasPassed = steps.some(({ passed }) => passed !== undefined);
  return (
    <ScrollArea.Autosize
      mah={MAX_HEIGHT}
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("timelineTable") }}
    >
      <Table stickyHeader aria-label={t("timelineTable")} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("time")}</Table.Th>
            {hasPassed && (
              <Table.Th scope="col" ta="end">
                {t("passed")}
              </Table.Th>
            )}
            <Table.Th scope="col" ta="end">
              {t("refused")}
            </Table.Th>
            {gates.map((gate) => (
              <Table.Th key={gate} scope="col" ta="end">
                {gateNames[gate]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.toReversed().map((step) => (
            <Table.Tr key={step.atMs}>
              <Table.Th scope="row" fw={400}>
                {formatStep(step.atMs)}
              </Table.Th>
              {hasPassed && <Table.Td ta="end">{format.number(step.passed ?? 0)}</Table.Td>}
              <Table.Td ta="end">{format.number(sumStep(step))}</Table.Td>
              {gates.map((gate) => (
                <Table.Td key={gate} ta="end">
                  {format.number((step.refused[gate] ?? 0) + (step.wouldRefuse[gate] ?? 0))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
