/** What was done, in the reader's words; an action these pages do not know yet is shown by its name. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";

export function useActionWords(): Readonly<Record<string, string>> {
  const t = useTranslations("audit");
  return useMemo(
    () => ({
      "auth.changePassword": t("changePassword"),
      "auth.confirmSecondFactor": t("confirmSecondFactor"),
      "auth.offerSecondFactor": t("offerSecondFactor"),
      "auth.removeSecondFactor": t("removeSecondFactor"),
      "auth.renewRecoveryCodes": t("renewRecoveryCodes"),
      "auth.revokeAnySession": t("revokeAnySession"),
      "auth.revokeOtherSessions": t("revokeOtherSessions"),
      "auth.revokeSession": t("revokeSession"),
      "auth.setPreferences": t("setPreferences"),
      "auth.signIn": t("signIn"),
      "auth.signOut": t("signOut"),
      "blocks.lift": t("liftBlock"),
      "blocks.liftAndAllow": t("liftAndAllow"),
      "blocks.liftMatching": t("liftMatching"),
      "branding.change": t("changeBranding"),
      "feeds.add": t("addFeed"),
      "feeds.fetchNow": t("fetchFeed"),
      "feeds.put": t("changeFeed"),
      "feeds.remove": t("removeFeed"),
      "hosts.remove": t("removeHost"),
      "lists.add": t("addEntries"),
      "lists.edit": t("editEntry"),
      "lists.fileBegin": t("beginFile"),
      "lists.fileEnd": t("importList"),
      "lists.filePush": t("pushFile"),
      "lists.import": t("importList"),
      "lists.remove": t("removeEntries"),
      "lists.removeAll": t("removeAllEntries"),
      "lists.removeFile": t("removeByFile"),
      "lists.restore": t("restoreEntries"),
      "notifications.change": t("changeNotifications"),
      "notifications.sendTest": t("sendTest"),
      "reports.mail": t("mailReport"),
      restore: t("restoreBackup"),
      "services.act": t("actOnProxy"),
      "settings.change": t("changeSettings"),
      "settings.confirm": t("confirmSettings"),
      "settings.preview": t("previewSettings"),
      "settings.save": t("saveSettings"),
      "settings.undo": t("undoSettings"),
      setup: t("prepareStore"),
      "setup.choosePbx": t("choosePbx"),
      "setup.completeStep": t("completeStep"),
      "setup.end": t("endFirstRun"),
      "setup.probePbx": t("probePbx"),
      "setup.remove": t("removeStore"),
      "tokens.create": t("createToken"),
      "tokens.revoke": t("revokeToken"),
      "users.add": t("addUser"),
      "users.remove": t("removeUser"),
      "users.reset": t("resetUser"),
      "users.setDisabled": t("switchUser"),
      "users.setRole": t("setRole"),
    }),
    [t],
  );
}

/** Kinds of things, as the filter offers them: the first part of an action. */
export function useKindWords(): ReadonlyArray<{ readonly value: string; readonly label: string }> {
  const t = useTranslations("audit");
  return useMemo(
    () => [
      { value: "lists.", label: t("kindLists") },
      { value: "blocks.", label: t("kindBlocks") },
      { value: "settings.", label: t("kindSettings") },
      { value: "users.", label: t("kindUsers") },
      { value: "tokens.", label: t("kindTokens") },
      { value: "auth.", label: t("kindAuth") },
      { value: "feeds.", label: t("kindFeeds") },
      { value: "notifications.", label: t("kindNotifications") },
      { value: "reports.", label: t("kindReports") },
      { value: "services.", label: t("kindServices") },
      { value: "hosts.", label: t("kindHosts") },
      { value: "setup.", label: t("kindSetup") },
    ],
    [t],
  );
}
