/** Arrow keys in a table: up and down lead to the same control of the next row. */
import type { KeyboardEvent } from "react";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled])";

/** For `onKeyDown` of a table's body. */
export function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const from = event.target as HTMLElement;
  const isTyping = from instanceof HTMLInputElement && from.type !== "checkbox";
  const cell = from.closest("td");
  const row = cell?.parentElement;
  if (isTyping || cell === null || row === null || row === undefined) return;
  const place = [...row.children].indexOf(cell);
  for (let next = neighbour(row, event.key); next !== null; next = neighbour(next, event.key)) {
    const control = next.children[place]?.querySelector<HTMLElement>(FOCUSABLE);
    if (control === null || control === undefined) continue;
    event.preventDefault();
    control.focus();
    return;
  }
}

function neighbour(row: Element, key: "ArrowDown" | "ArrowUp"): Element | null {
  return key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
}
