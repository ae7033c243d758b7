/** A message of the wire cut into its lines, each with a number of its own. Pure. */

export interface MessageLine {
  readonly number: number;
  readonly text: string;
}

/** A line ends with CR LF; a bare one of them stays in its line, where it is shown as what it is. */
export function messageLines(text: string): MessageLine[] {
  const lines = text.split("\r\n");
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => ({ number: index + 1, text: line }));
}
