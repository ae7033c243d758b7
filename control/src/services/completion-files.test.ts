import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeCompletionFiles, writeCompletionFiles } from "./completion-files.ts";

const text = (shell: string) => `# Completion of sipprot for ${shell}. Made by: sipprot completion ${shell}\n`;
const texts = { bash: text("bash"), zsh: `#compdef sipprot\n${text("zsh")}`, fish: text("fish") };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sipprot-completion-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the files of completion", () => {
  it("are where the shells look, are written anew, and leave nothing when they go", () => {
    writeCompletionFiles(texts, folder);
    writeCompletionFiles({ ...texts, bash: `${texts.bash}newer` }, folder);
    expect(readFileSync(`${folder}/bash-completion/completions/sipprot`, "utf8")).toContain("newer");
    expect(existsSync(`${folder}/zsh/site-functions/_sipprot`)).toBe(true);
    expect(existsSync(`${folder}/fish/vendor_completions.d/sipprot.fish`)).toBe(true);
    expect(removeCompletionFiles(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    expect(removeCompletionFiles(folder)).toBe(false);
  });

  it("of somebody else are neither written over nor removed, nor is their folder", () => {
    mkdirSync(`${folder}/bash-completion/completions`, { recursive: true });
    writeFileSync(`${folder}/bash-completion/completions/sipprot`, "mine");
    writeFileSync(`${folder}/bash-completion/completions/other`, "mine too");
    writeCompletionFiles(texts, folder);
    removeCompletionFiles(folder);
    expect(readFileSync(`${folder}/bash-completion/completions/sipprot`, "utf8")).toBe("mine");
    expect(readdirSync(folder)).toEqual(["bash-completion"]);
  });
});
