/** A sign for each gate: what a badge says is never said by colour alone. */
import type { Gate } from "@sipprot/shared/reason";
import Ban from "lucide-react/icons/ban";
import CircleCheck from "lucide-react/icons/circle-check";
import FileWarning from "lucide-react/icons/file-warning";
import Globe from "lucide-react/icons/globe";
import KeyRound from "lucide-react/icons/key-round";
import ListX from "lucide-react/icons/list-x";
import ScanSearch from "lucide-react/icons/scan-search";
import Waves from "lucide-react/icons/waves";

export const gateIcons: Record<Gate, typeof Ban> = {
  allowed: CircleCheck,
  denied: ListX,
  blocked: Ban,
  country: Globe,
  flood: Waves,
  malformed: FileWarning,
  scanner: ScanSearch,
  guessing: KeyRound,
};
