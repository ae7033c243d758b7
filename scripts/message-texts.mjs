/** What is wrong with the texts themselves: missing in a language, unused, malformed, or not translated. Pure. */
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

/**
 * @typedef {Record<string, unknown>} Tree
 * @typedef {import("@formatjs/icu-messageformat-parser").MessageFormatElement} Element
 */

/**
 * The texts of a tree by path: `kit.cancel`.
 * @param {Tree} tree
 * @returns {Map<string, string>}
 */
export function flatten(tree, prefix = "") {
  /** @type {Map<string, string>} */
  const flat = new Map();
  for (const [key, value] of Object.entries(tree)) {
    const path = `${prefix}${key}`;
    if (typeof value === "string") flat.set(path, value);
    else for (const [inner, text] of flatten(/** @type {Tree} */ (value), `${path}.`)) flat.set(inner, text);
  }
  return flat;
}

/**
 * All that is wrong, in sentences.
 * @param {{ en: Tree, fr: Tree, used: ReadonlySet<string>, same: readonly string[] }} texts
 *   `same` names the texts that are alike in both languages on purpose.
 * @returns {string[]}
 */
export function checkTexts({ en, fr, used, same }) {
  const english = flatten(en);
  const french = flatten(fr);
  const alike = new Set(same);
  /** @type {string[]} */
  const wrong = [];
  for (const key of used) {
    if (!english.has(key)) wrong.push(`${key} is used and has no English text`);
    if (!french.has(key)) wrong.push(`${key} is used and has no French text`);
  }
  for (const key of new Set([...english.keys(), ...french.keys()])) {
    const one = english.get(key);
    const other = french.get(key);
    if (!used.has(key)) wrong.push(`${key} is not used`);
    if (one === undefined || other === undefined) {
      if (!used.has(key)) wrong.push(`${key} is there in one language only`);
      continue;
    }
    if (one.trim() === "" || other.trim() === "") wrong.push(`${key} is empty`);
    if (one === other && /\p{L}{2}/u.test(withoutPlaceholders(one)) && !alike.has(key)) {
      wrong.push(`${key} is the same in both languages: ${JSON.stringify(one)}; translate it, or name it in same.json`);
    }
    if (one !== other && alike.has(key)) wrong.push(`${key} is in same.json and differs: take it out there`);
    wrong.push(...comparePlaceholders(key, one, other));
  }
  for (const key of alike) if (!english.has(key)) wrong.push(`${key} is in same.json and there is no such text`);
  return wrong;
}

/** @param {string} text */
function withoutPlaceholders(text) {
  return text.replace(/\{[^{}]*\}/g, "").replace(/<[^>]*>/g, "");
}

/**
 * @param {string} key
 * @param {string} one
 * @param {string} other
 */
function comparePlaceholders(key, one, other) {
  const [english, french] = [readPlaceholders(one), readPlaceholders(other)];
  if (typeof english === "string") return [`${key} in English: ${english}`];
  if (typeof french === "string") return [`${key} in French: ${french}`];
  const missing = [...english].filter((placeholder) => !french.has(placeholder));
  const extra = [...french].filter((placeholder) => !english.has(placeholder));
  return [
    ...missing.map((placeholder) => `${key}: ${placeholder} is missing in French`),
    ...extra.map((placeholder) => `${key}: ${placeholder} is missing in English`),
  ];
}

/**
 * Names with their kinds, `{count plural}`; a sentence when the text cannot be read.
 * @param {string} text
 * @returns {Set<string> | string}
 */
function readPlaceholders(text) {
  try {
    /** @type {Set<string>} */
    const found = new Set();
    collect(parse(text, { requiresOtherClause: true }), found);
    return found;
  } catch (error) {
    return `not a message (${error instanceof Error ? error.message : String(error)})`;
  }
}

/**
 * @param {readonly Element[]} elements
 * @param {Set<string>} found
 */
function collect(elements, found) {
  for (const element of elements) {
    if (element.type === TYPE.tag) {
      found.add(`<${element.value}>`);
      collect(element.children, found);
    } else if (element.type === TYPE.select || element.type === TYPE.plural) {
      const isSelect = element.type === TYPE.select;
      // The cases of a select are given by the code; those of a plural by the language.
      const cases = isSelect ? ` of ${Object.keys(element.options).sort().join(", ")}` : "";
      found.add(`{${element.value} ${isSelect ? "select" : "plural"}${cases}}`);
      for (const option of Object.values(element.options)) collect(option.value, found);
    } else if (element.type !== TYPE.literal && element.type !== TYPE.pound) {
      found.add(`{${element.value} ${TYPE[element.type]}}`);
    }
  }
}
