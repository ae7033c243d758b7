/** How an account stands: usable, with a one-time password, or switched off. */
import type { User } from "@sipprot/shared/account";
import CircleCheck from "lucide-react/icons/circle-check";
import CircleSlash from "lucide-react/icons/circle-slash";
import KeyRound from "lucide-react/icons/key-round";
import { useTranslations } from "use-intl";
import { StatusBadge } from "../../components/status-badge.tsx";

export function UserState({ user }: { readonly user: User }) {
  const t = useTranslations("users");
  if (user.isDisabled) return <StatusBadge icon={CircleSlash} color="red" label={t("stateDisabled")} />;
  if (user.mustChangePassword) return <StatusBadge icon={KeyRound} color="orange" label={t("stateOneTime")} />;
  return <StatusBadge icon={CircleCheck} color="green" label={t("stateActive")} />;
}
