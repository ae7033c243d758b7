/** A question before something is done. */
import type { ReactNode } from "react";

export interface Question {
  readonly title: string;
  /** What will happen, and to whom. */
  readonly text: ReactNode;
  /** What the button does: "Remove 3 entries", never "OK". */
  readonly confirmLabel: string;
  /** Red button; focus begins on "Cancel". */
  readonly isDangerous?: boolean;
  /** For what cannot be undone: the reader types this word first. */
  readonly typeToConfirm?: string;
}
