/** What putting networks on a list would mean, said before it is done: what forbids it, what is unusual, what goes with it. */
"use client";
import type { Consideration } from "@sipprot/shared/list-desk";
import { MAX_ASKED } from "@sipprot/shared/list-desk";
import type { ListName } from "@sipprot/shared/lists";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Ban from "lucide-react/icons/ban";
import Info from "lucide-react/icons/info";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useFormatter, useTranslations } from "use-intl";
import { useErrorText } from "../../components/error-text.ts";
import { escapeWire } from "../../components/wire-runs.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import styles from "./lists.module.css";

interface Note {
  readonly network: string;
  readonly weight: "stop" | "warn" | "tell";
  readonly text: string;
}

const signs = { stop: Ban, warn: TriangleAlert, tell: Info } as const;
/** More lines than this are no warning any more. */
const MAX_NOTES = 8;

export function ConsiderationNotes({
  list,
  networks,
}: {
  readonly list: ListName;
  readonly networks: readonly string[];
}) {
  const trpc = useTRPC();
  const notesOf = useNotes(list);
  const asked = networks.slice(0, MAX_ASKED);
  const known = useQuery(
    trpc.lists.consider.queryOptions(
      { list, networks: asked },
      { enabled: asked.length > 0, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  const notes = (asked.length === 0 ? [] : (known.data ?? []))
    .filter(({ network }) => asked.includes(network))
    .flatMap(notesOf)
    .sort((one, other) => weigh(one) - weigh(other));
  return (
    <div role="status">
      <ul className={styles.notes}>
        {notes.slice(0, MAX_NOTES).map(({ network, weight, text }) => {
          const Icon = signs[weight];
          return (
            <li key={`${network} ${text}`} data-weight={weight}>
              <Icon size={15} aria-hidden />
              <span>{text}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function weigh({ weight }: Note): number {
  return ["stop", "warn", "tell"].indexOf(weight);
}

function useNotes(list: ListName): (known: Consideration) => Note[] {
  const t = useTranslations("lists");
  const word = useErrorText();
  const format = useFormatter();
  return ({ network, addresses, isWide, present, heldBy, inside, otherHolds, otherInside, blocks, guard }) => {
    const notes: Note[] = [];
    if (guard !== undefined) {
      const { text, remedy = "" } = word({ data: { code: "guarded-network", facts: { value: network, guard } } });
      notes.push({ network, weight: "stop", text: `${text} ${remedy}` });
    }
    if (isWide && guard === undefined) {
      const count =
        addresses > 1e15
          ? format.number(addresses, { notation: "scientific", maximumFractionDigits: 1 })
          : format.number(addresses);
      notes.push({ network, weight: "warn", text: t("considerWide", { network, count }) });
    }
    if (present !== undefined) {
      const note = present.note === "" ? "–" : escapeWire(present.note);
      notes.push({ network, weight: "warn", text: t("considerPresent", { network, note }) });
    }
    if (heldBy !== undefined)
      notes.push({ network, weight: "tell", text: t("considerHeld", { network, holder: heldBy.network }) });
    if (inside > 0) notes.push({ network, weight: "tell", text: t("considerInside", { network, count: inside }) });
    if (list === "allow" && otherHolds !== undefined) {
      notes.push({ network, weight: "warn", text: t("considerDenied", { network, holder: otherHolds.network }) });
    }
    if (otherInside > 0) {
      const facts = { network, count: otherInside };
      const text = list === "allow" ? t("considerDeniedInside", facts) : t("considerAllowedInside", facts);
      notes.push({ network, weight: "warn", text });
    }
    if (blocks > 0) notes.push({ network, weight: "tell", text: t("considerBlocks", { count: blocks }) });
    return notes;
  };
}
