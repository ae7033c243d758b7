/** When a token ends: soon, late, never, or already. */
import type { TokenInfo } from "@sipprot/shared/account";
import CircleX from "lucide-react/icons/circle-x";
import Clock from "lucide-react/icons/clock";
import { useFormatter, useTranslations } from "use-intl";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useTick } from "../../components/ticker.ts";

const LOOK_EVERY_MS = 60_000;
/** Time enough to make another. */
const SOON_MS = 7 * 86_400_000;

export function TokenEnd({ token: { expiresAtMs } }: { readonly token: TokenInfo }) {
  const t = useTranslations("users");
  const format = useFormatter();
  const nowMs = useTick(LOOK_EVERY_MS);
  if (expiresAtMs === undefined) return t("endsNever");
  const at = new Date(expiresAtMs);
  const day = format.dateTime(at, { dateStyle: "medium" });
  if (expiresAtMs <= nowMs) return <StatusBadge icon={CircleX} color="red" label={t("ended", { day })} />;
  if (expiresAtMs - nowMs > SOON_MS) return <time dateTime={at.toISOString()}>{day}</time>;
  return <StatusBadge icon={Clock} color="orange" label={t("endsSoon", { day })} />;
}
