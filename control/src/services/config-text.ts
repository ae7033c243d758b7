/** Changes one line of a configuration file's text; comments, order and other settings stay as they are. Pure. */

/** The text with `NAME=value` in place of every line that set the name, or at the end when none did. */
export function setLine(text: string, name: string, value: string): string {
  const line = `${name}=${value}`;
  const isOf = (one: string) => one.split("=", 1)[0]?.trim() === name;
  const lines = text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
  // The last line of a name is the one that holds: it is the one to change, and the others say nothing any more.
  const at = lines.findLastIndex(isOf);
  const kept = lines.filter((one, index) => index === at || !isOf(one));
  if (at < 0) kept.push(line);
  else kept[kept.findIndex(isOf)] = line;
  return `${kept.join("\n")}\n`;
}
