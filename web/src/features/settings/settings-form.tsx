/** The settings in their groups, searched and edited; what is edited is reviewed and saved at the foot of the page. */
"use client";
import type { Settings } from "@sipprot/shared/settings";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Search from "lucide-react/icons/search-x";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useConfirm } from "../../components/confirm.tsx";
import { FilterBar } from "../../components/filter-bar.tsx";
import { useAnnounce } from "../../components/live-region.tsx";
import { showNotice } from "../../components/notices.ts";
import { StateCard } from "../../components/state-card.tsx";
import { readError } from "../../trpc/read-error.ts";
import { useTRPC } from "../../trpc/trpc.ts";
import { BootCard } from "./boot-card.tsx";
import { BrandingCard } from "./branding/branding-card.tsx";
import { editedNames, findConflicts, findMistakes, listChanges, withEdits } from "./draft.ts";
import { findsSetting } from "./find-settings.ts";
import { GroupCard } from "./group-card.tsx";
import { groupNames, groups } from "./groups.ts";
import { RetentionCard } from "./retention-card.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { SaveBar } from "./save-bar.tsx";
import { SettingRow } from "./setting-row.tsx";
import classes from "./settings-form.module.css";
import { SettingsIndex } from "./settings-index.tsx";
import { useLeaveGuard } from "./use-leave-guard.ts";
import { useGroupNames, useSettingWords } from "./use-setting-words.ts";
import { useSettingsDraft } from "./use-settings-draft.ts";

/** Until the boot settings are known. */
const USUAL_CONFIRM_SECONDS = 60;

export function SettingsForm({ settings, mayEdit }: { readonly settings: Settings; readonly mayEdit: boolean }) {
  const t = useTranslations("settings");
  const kit = useTranslations("kit");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const announce = useAnnounce();
  const words = useSettingWords();
  const titles = useGroupNames();
  const [search, setSearch] = useQueryState("q", { defaultValue: "" });
  const [isReviewed, setReviewed] = useState(false);
  const { draft, edit, takeTheirs, keepMine, discard, isRestored } = useSettingsDraft(settings);
  const boot = useQuery(trpc.settings.boot.queryOptions(undefined, { staleTime: 60_000 })).data;
  const confirmSeconds = Number(
    boot?.settings.find(({ name }) => name === "SIPPROT_CONFIRM_SECONDS")?.value ?? USUAL_CONFIRM_SECONDS,
  );
  const edited = editedNames(draft);
  const changes = listChanges(draft, settings);
  const conflicts = findConflicts(draft, settings);
  const mistakes = findMistakes(draft, settings);
  const after = withEdits(draft, settings);
  useLeaveGuard(edited.length > 0);

  const save = useMutation(
    trpc.settings.save.mutationOptions({
      onSuccess: ({ settings: saved, pending }) => {
        setReviewed(false);
        discard();
        queries.setQueryData(trpc.settings.get.queryKey(), (known) => known && { ...known, settings: saved });
        void queries.invalidateQueries(trpc.settings.pending.queryFilter());
        if (pending === null) void showNotice({ message: t("saved", { count: changes.length }) });
        announce(pending === null ? t("saved", { count: changes.length }) : t("savedOnTrial"));
      },
      onError: (error) => {
        if (readError(error).code === "changed-meanwhile")
          void queries.invalidateQueries(trpc.settings.get.queryFilter());
      },
    }),
  );
  const review = () => {
    const first = mistakes[0] ?? conflicts[0];
    if (first === undefined) {
      save.reset();
      setReviewed(true);
      return;
    }
    void setSearch(null);
    requestAnimationFrame(() => {
      const row = document.getElementById(`setting-${first}`);
      row?.scrollIntoView({ block: "center" });
      row?.querySelector<HTMLElement>("input, select, button")?.focus();
    });
  };
  const askDiscard = async () => {
    const count = edited.length;
    const isYes = await confirm({
      title: t("discardTitle", { count }),
      text: t("discardText"),
      confirmLabel: t("discard"),
      isDangerous: true,
    });
    if (isYes) discard();
  };
  const found = groupNames
    .map((group) => ({ group, names: groups[group].filter((name) => findsSetting(search, name, words[name])) }))
    .filter(({ names }) => names.length > 0);
  const isSearching = search !== "";
  return (
    <div className={classes.page}>
      <FilterBar
        search={search}
        onSearch={(text) => void setSearch(text === "" ? null : text)}
        searchLabel={t("search")}
        isFiltered={isSearching}
        onReset={() => void setSearch(null)}
      />
      <div className={classes.columns}>
        <SettingsIndex shown={isSearching ? found.map(({ group }) => group) : undefined} edited={edited} />
        <div className={classes.groups}>
          {found.map(({ group, names }) => (
            <GroupCard key={group} id={`group-${group}`} title={titles[group]}>
              {names.map((name) => (
                <SettingRow
                  key={name}
                  name={name}
                  inForce={settings[name]}
                  value={name in draft.edits ? draft.edits[name] : settings[name]}
                  isEdited={edited.includes(name)}
                  isWrong={mistakes.includes(name)}
                  isConflict={conflicts.includes(name)}
                  mayEdit={mayEdit}
                  onChange={(value) => edit(name, value)}
                  onTakeTheirs={() => takeTheirs(name)}
                  onKeepMine={() => keepMine(name)}
                />
              ))}
            </GroupCard>
          ))}
          {found.length === 0 && <StateCard icon={Search} title={kit("noMatchTitle")} text={t("noMatchText")} />}
          {!isSearching && (
            <>
              <RetentionCard />
              <BootCard />
              <BrandingCard mayEdit={mayEdit} />
            </>
          )}
        </div>
      </div>
      {mayEdit && edited.length > 0 && (
        <SaveBar
          changes={edited.length}
          mistakes={mistakes.length}
          conflicts={conflicts.length}
          isRestored={isRestored}
          onDiscard={() => void askDiscard()}
          onReview={review}
        />
      )}
      {isReviewed && changes.length > 0 && (
        <ReviewDialog
          isShown
          changes={changes}
          before={settings}
          after={after}
          confirmSeconds={confirmSeconds}
          error={save.error}
          isSaving={save.isPending}
          onSave={() => save.mutate({ patch: draft.edits as never, from: draft.bases as never })}
          onClose={() => setReviewed(false)}
        />
      )}
    </div>
  );
}
