/** Gives the reader a text as a file. */

/** `type` such as `text/csv`; the file is written in UTF-8. */
export function downloadText(fileName: string, text: string | readonly string[], type: string): void {
  const blob = new Blob(typeof text === "string" ? [text] : [...text], { type: `${type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has its own copy by the time of the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
