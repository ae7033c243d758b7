/** Which rows of a long list are chosen: some by key, or all that a filter shows but some. Pure. */

/** `all` is bound to the filter it was chosen under, and remembers how many there were. */
export type Selection =
  | { readonly kind: "some"; readonly keys: ReadonlySet<string> }
  | {
      readonly kind: "all";
      readonly except: ReadonlySet<string>;
      readonly filter: string;
      /** How many rows the reader saw when they chose all. */
      readonly totalThen: number;
    };

export type SelectionAction =
  | { readonly do: "toggle"; readonly keys: readonly string[]; readonly isChosen: boolean }
  | { readonly do: "choose-all"; readonly filter: string; readonly total: number }
  /** The list is shown under another filter: all of it is another all. */
  | { readonly do: "filter"; readonly filter: string }
  /** These rows are gone. */
  | { readonly do: "forget"; readonly keys: readonly string[] }
  | { readonly do: "clear" };

export const nothingChosen: Selection = { kind: "some", keys: new Set() };

export function reduceSelection(selection: Selection, action: SelectionAction): Selection {
  switch (action.do) {
    case "toggle":
      return toggle(selection, action.keys, action.isChosen);
    case "choose-all":
      return { kind: "all", except: new Set(), filter: action.filter, totalThen: action.total };
    case "filter":
      return selection.kind === "all" && selection.filter !== action.filter ? nothingChosen : selection;
    case "forget":
      if (selection.kind === "all") return { ...selection, except: without(selection.except, action.keys) };
      return { kind: "some", keys: without(selection.keys, action.keys) };
    case "clear":
      return nothingChosen;
  }
}

/** True when the row is chosen. */
export function isChosen(selection: Selection, key: string): boolean {
  return selection.kind === "all" ? !selection.except.has(key) : selection.keys.has(key);
}

/** How many rows are chosen, of a list that has `total` now. */
export function countChosen(selection: Selection, total: number): number {
  return selection.kind === "all" ? Math.max(0, total - selection.except.size) : selection.keys.size;
}

/** How many rows came (positive) or went (negative) since all were chosen; 0 where single rows are. */
export function changeSinceChosen(selection: Selection, total: number): number {
  return selection.kind === "all" ? total - selection.totalThen : 0;
}

/** The keys from one to another, in either order; the second alone when the first is not there any more. */
export function rangeOf(keys: readonly string[], from: string, to: string): readonly string[] {
  const ends = [keys.indexOf(from), keys.indexOf(to)].sort((one, other) => one - other);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : keys.slice(first, last + 1);
}

function toggle(selection: Selection, keys: readonly string[], isChosenNow: boolean): Selection {
  if (selection.kind === "all") {
    const except = isChosenNow ? without(selection.except, keys) : new Set([...selection.except, ...keys]);
    // All without all that there were is nothing.
    return except.size >= selection.totalThen ? nothingChosen : { ...selection, except };
  }
  return { kind: "some", keys: isChosenNow ? new Set([...selection.keys, ...keys]) : without(selection.keys, keys) };
}

function without(keys: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  const rest = new Set(keys);
  for (const key of gone) rest.delete(key);
  return rest;
}
