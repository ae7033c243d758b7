/** The check of the pages' texts finds what it is there to find. */
import { describe, expect, it } from "vitest";
import { checkTexts } from "./message-texts.mjs";
import { readUses } from "./message-uses.mjs";

/** @param {string} body */
const usesOf = (body) => readUses("page.tsx", `function Page({ kind }) { ${body} }`);

describe("the uses in a source", () => {
  it("are the keys of every translator by its namespace", () => {
    const { keys, findings } = usesOf(`
      const t = useTranslations("kit");
      const terms = useTranslations("terms");
      return <p title={terms.rich("b", {})}>{t("a")}{[1].map(() => t(kind ? "c" : "d"))}</p>;`);
    expect([...keys].sort()).toEqual(["kit.a", "kit.c", "kit.d", "terms.b"]);
    expect(findings).toEqual([]);
  });

  it("follow a translator that is handed on by its type", () => {
    const { keys } = readUses("words.ts", `function words(t: Translate<"lists">) { return t("x"); }`);
    expect([...keys]).toEqual(["lists.x"]);
  });

  it.each([
    ['const t = useTranslations("kit"); t("row-" + kind);', /made while running/],
    ['const t = useTranslations("kit"); t(kind);', /made while running/],
    ['const t = useTranslations("kit"); t(kind ? "a" : kind);', /made while running/],
    ["const t = useTranslations(kind);", /written out/],
    ['useTranslations("kit")("a");', /in a variable/],
  ])("%s is found", (body, expected) => {
    expect(usesOf(body).findings.map(({ text }) => text)).toEqual([expect.stringMatching(expected)]);
  });

  it("tell the line", () => {
    const { findings } = readUses("page.tsx", '\n\nconst t = useTranslations("kit");\nt(x);');
    expect(findings[0]).toMatchObject({ file: "page.tsx", line: 4 });
  });

  it("leave other functions of the name t alone", () => {
    expect(readUses("page.tsx", 'const t = other(); t("a");').keys.size).toBe(0);
  });

  it("of an inner function with a translator of its own are its own", () => {
    const { keys } = usesOf(
      'const t = useTranslations("a"); function inner() { const t = useTranslations("b"); t("x"); } t("y");',
    );
    expect([...keys].sort()).toEqual(["a.y", "b.x"]);
  });
});

describe("the texts", () => {
  /** @param {{ en?: string, fr?: string, same?: string[], isUsed?: boolean }} given */
  const check = ({ en, fr, same = [], isUsed = true }) =>
    checkTexts({
      en: { kit: en === undefined ? {} : { a: en } },
      fr: { kit: fr === undefined ? {} : { a: fr } },
      used: new Set(isUsed ? ["kit.a"] : []),
      same,
    });

  it("are well when they are there, used and translated", () => {
    expect(
      check({
        en: "{count, plural, one {# row} other {# rows}}",
        fr: "{count, plural, one {# ligne} other {# lignes}}",
      }),
    ).toEqual([]);
    expect(check({ en: "{name}", fr: "{name}" })).toEqual([]);
    expect(check({ en: "Pages", fr: "Pages", same: ["kit.a"] })).toEqual([]);
  });

  it.each([
    [{ fr: "Oui" }, /no English text/],
    [{ en: "Yes" }, /no French text/],
    [{ en: "Yes", fr: "Oui", isUsed: false }, /not used/],
    [{ en: "Yes", fr: "" }, /empty/],
    [{ en: "Pages", fr: "Pages" }, /same in both/],
    [{ en: "Yes", fr: "Oui", same: ["kit.a"] }, /take it out/],
    [{ en: "Yes", fr: "Oui", same: ["kit.gone"] }, /no such text/],
    [{ en: "{count", fr: "{count}" }, /English: not a message/],
    [{ en: "{count} rows", fr: "{count, plural, one {# ligne}}" }, /French: not a message/],
    [{ en: "{count} rows", fr: "{number} lignes" }, /\{count argument\} is missing in French/],
    [{ en: "{count, number} rows", fr: "{count} lignes" }, /\{count number\} is missing in French/],
    [{ en: "<b>now</b>", fr: "maintenant" }, /<b> is missing in French/],
    [
      { en: "{how, select, up {more} other {less}}", fr: "{how, select, down {plus} other {moins}}" },
      /select of other, up/,
    ],
  ])("%j are found", (given, expected) => {
    expect(check(given).join("\n")).toMatch(expected);
  });
});
