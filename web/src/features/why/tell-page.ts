/** The page as a text for a colleague: exactly the words that are shown, wire text escaped as it is there. */

/** Marked parts: `data-tell`. Lists of facts become `name: value` lines. */
export function tellPage(page: ParentNode, address: string): string {
  const parts = [...page.querySelectorAll<HTMLElement>("main h1, main [data-tell]")].map(tellPart);
  return `${parts.filter((part) => part !== "").join("\n")}\n\n${address}\n`;
}

function tellPart(part: HTMLElement): string {
  if (part.tagName !== "DL") return oneLine(part.innerText);
  const names = [...part.querySelectorAll("dt")].map((name) => oneLine(name.innerText));
  const values = [...part.querySelectorAll("dd")].map((value) => oneLine(value.innerText));
  return names.map((name, index) => `  ${name}: ${values[index] ?? ""}`).join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
