/** A note as it was written, or imported: line breaks kept, what would deceive shown as an escape. */
"use client";
import { escapeWire, wireRuns } from "../../components/wire-runs.ts";
import styles from "./lists.module.css";

export function NoteText({ note, isShort = false }: { readonly note: string; readonly isShort?: boolean }) {
  return (
    <bdi
      className={isShort ? styles.noteShort : styles.note}
      title={isShort && note.length > 80 ? escapeWire(note) : undefined}
    >
      {wireRuns(note).map((run) => {
        if (!run.isEscape) return run.text;
        if (run.text === "\\n") return "\n";
        if (run.text === "\\r") return null;
        return (
          <span key={run.at} className={styles.escape}>
            {run.text}
          </span>
        );
      })}
    </bdi>
  );
}
