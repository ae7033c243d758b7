/** Words an error in the reader's language: what was wrong, and what to do about it. */
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { type FailureCode, readError } from "../trpc/read-error.ts";
import { useDurationText } from "./use-duration-text.ts";

export interface ErrorText {
  readonly text: string;
  readonly remedy?: string;
}

/** Takes anything that was thrown. Server text is never shown as is: the code says it in both languages. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations("errors");
  const duration = useDurationText();
  return useCallback(
    (error) => {
      const { code, facts } = readError(error);
      const value = facts.value ?? "";
      const wait = duration((facts.waitMs ?? 0) / 1000);
      const texts: Record<FailureCode, () => ErrorText> = {
        "bad-address": () => ({ text: t("badAddress", { value }), remedy: t("badAddressRemedy") }),
        "bad-network": () => ({ text: t("badNetwork", { value }), remedy: t("badNetworkRemedy") }),
        "bad-setting": () => ({ text: t("badSetting", { field: facts.field ?? "", value }) }),
        "bad-boot-setting": () => ({ text: t("badBootSetting", { field: facts.field ?? "", value }) }),
        "bad-list-entry": () => ({ text: t("badListEntry", { value }) }),
        "guarded-network": () => {
          const { kind = "own", network = "" } = facts.guard ?? {};
          return {
            text: t("guardedNetwork", { value, kind, network }),
            remedy: t("guardedNetworkRemedy", { kind, network }),
          };
        },
        "not-found": () => ({ text: t("notFound"), remedy: t("notFoundRemedy") }),
        "already-there": () => ({ text: t("alreadyThere", { value }), remedy: t("alreadyThereRemedy") }),
        "store-unreachable": () => ({ text: t("storeUnreachable"), remedy: t("storeUnreachableRemedy") }),
        "not-permitted": () => ({ text: t("notPermitted"), remedy: t("notPermittedRemedy") }),
        "missing-program": () => ({ text: t("missingProgram"), remedy: t("missingProgramRemedy") }),
        "kernel-refused": () => ({ text: t("kernelRefused"), remedy: t("kernelRefusedRemedy") }),
        "bad-date": () => ({ text: t("badDate", { value }) }),
        "bad-notification": () => ({ text: t("badNotification", { value }) }),
        "channel-failed": () => ({ text: t("channelFailed"), remedy: t("channelFailedRemedy") }),
        "bad-feed": () => ({ text: t("badFeed", { value }) }),
        "bad-backup": () => ({ text: t("badBackup"), remedy: t("badBackupRemedy") }),
        "bad-key-file": () => ({ text: t("badKeyFile"), remedy: t("badKeyFileRemedy") }),
        "sealed-secret": () => ({ text: t("sealedSecret"), remedy: t("sealedSecretRemedy") }),
        "taken-back": () => ({ text: t("takenBack"), remedy: t("takenBackRemedy") }),
        "change-pending": () => ({ text: t("changePending", { value }), remedy: t("changePendingRemedy") }),
        "lock-out": () => ({ text: t("lockOut", { value }), remedy: t("lockOutRemedy") }),
        "bad-picture": () => ({ text: t("badPicture"), remedy: t("badPictureRemedy") }),
        "bad-input": () => ({ text: t("badInput") }),
        "too-large": () => ({ text: t("tooLarge") }),
        "too-many-requests": () => ({ text: t("tooManyRequests"), remedy: t("waitRemedy", { wait }) }),
        "cross-site": () => ({ text: t("crossSite"), remedy: t("crossSiteRemedy") }),
        "not-signed-in": () => ({ text: t("notSignedIn"), remedy: t("notSignedInRemedy") }),
        "wrong-credentials": () => ({ text: t("wrongCredentials") }),
        "too-many-attempts": () => ({ text: t("tooManyAttempts"), remedy: t("waitRemedy", { wait }) }),
        "second-factor-needed": () => ({ text: t("secondFactorNeeded") }),
        "wrong-second-factor": () => ({ text: t("wrongSecondFactor"), remedy: t("wrongSecondFactorRemedy") }),
        "password-change-needed": () => ({ text: t("passwordChangeNeeded") }),
        "changed-meanwhile": () => ({ text: t("changedMeanwhile"), remedy: t("changedMeanwhileRemedy") }),
        "account-disabled": () => ({ text: t("accountDisabled"), remedy: t("accountDisabledRemedy") }),
        "weak-password": () => ({ text: t("weakPassword"), remedy: t("weakPasswordRemedy") }),
        "last-administrator": () => ({ text: t("lastAdministrator"), remedy: t("lastAdministratorRemedy") }),
        "confirmation-needed": () => ({ text: t("confirmationNeeded"), remedy: t("confirmationNeededRemedy") }),
        unexpected: () => ({ text: t("unexpected"), remedy: t("unexpectedRemedy") }),
        "control-away": () => ({ text: t("controlAway"), remedy: t("controlAwayRemedy") }),
        unreachable: () => ({ text: t("unreachable"), remedy: t("unreachableRemedy") }),
      };
      // A newer server may have codes that these pages do not know.
      return (texts[code] ?? texts.unexpected)();
    },
    [t, duration],
  );
}
