/** Fails when a text of the pages is missing, unused, malformed, not translated, or named by a key made while running. */
import { readdirSync, readFileSync } from "node:fs";
import { checkTexts } from "./message-texts.mjs";
import { readUses } from "./message-uses.mjs";

const root = new URL("../web/src/", import.meta.url);

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(new URL(path, root), "utf8"));
}

/** @param {"en" | "fr"} locale */
function readTree(locale) {
  const files = readdirSync(new URL(`messages/${locale}/`, root)).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(files.map((name) => [name.replace(/\.json$/, ""), readJson(`messages/${locale}/${name}`)]));
}

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readUses(`web/src/${path}`, readFileSync(new URL(path, root), "utf8")));

const wrong = [
  ...sources.flatMap(({ findings }) => findings.map(({ file, line, text }) => `${file}:${line} ${text}`)),
  ...checkTexts({
    en: readTree("en"),
    fr: readTree("fr"),
    used: new Set(sources.flatMap(({ keys }) => [...keys])),
    same: readJson("messages/same.json"),
  }),
];

for (const sentence of wrong) console.error(sentence);
if (wrong.length > 0) {
  console.error(`${wrong.length} ${wrong.length === 1 ? "thing is" : "things are"} wrong with the texts of the pages`);
  process.exitCode = 1;
}
