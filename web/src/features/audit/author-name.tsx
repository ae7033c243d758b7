/** Who did something: a person, a program's token, or the command line. */
import KeyRound from "lucide-react/icons/key-round";
import Cog from "lucide-react/icons/settings";
import SquareTerminal from "lucide-react/icons/square-terminal";
import UserRound from "lucide-react/icons/user-round";
import { useTranslations } from "use-intl";
import { WireText } from "../../components/wire-text.tsx";
import styles from "./audit.module.css";
import { readAuthor } from "./read-author.ts";

const icons = { person: UserRound, token: KeyRound, "command-line": SquareTerminal, other: Cog } as const;

export function AuthorName({ by }: { readonly by: string }) {
  const t = useTranslations("audit");
  const { kind, name } = readAuthor(by);
  const Icon = icons[kind];
  const kinds = { person: t("person"), token: t("token"), "command-line": t("commandLine"), other: t("system") };
  return (
    <span className={styles.author}>
      <Icon size={15} role="img" aria-label={kinds[kind]} />
      <WireText text={name} />
    </span>
  );
}
