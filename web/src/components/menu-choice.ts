/** What a menu behind a button shows. */
import type { ReactNode } from "react";

/** One line of a menu. */
export interface MenuChoice {
  readonly label: string;
  readonly icon?: ReactNode;
  /** True marks the one that is chosen. */
  readonly isCurrent?: boolean;
  /** Language of the label where it is not the page's. */
  readonly lang?: string;
  /** A choice leads somewhere, or does something. */
  readonly href?: string;
  readonly onChoose?: () => void;
}

export interface LazyMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Words above the choices. */
  readonly heading?: string | undefined;
  readonly choices: readonly MenuChoice[];
}
