/** Completion in real shells: bash and zsh with a TAB pressed on a terminal, fish by its own question. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeCompletions } from "@sipprot/control/cli/completion/completion";
import { describeCommands } from "@sipprot/control/cli/completion/tree";
import { describeProgram } from "@sipprot/control/cli/program";
import { gates } from "@sipprot/shared/reason";
import { settingNames } from "@sipprot/shared/settings";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const presser = fileURLToPath(new URL("press-tab.py", import.meta.url));
const program = describeProgram();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sipprot-shells-"));
  for (const [shell, text] of Object.entries(writeCompletions(program)))
    await writeFile(join(folder, `words.${shell}`), text);
  await writeFile(join(folder, "backup of today.jsonl"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What bash offers, by asking its function as the shell does. */
async function offerOfBash(line: string): Promise<string[]> {
  const script = `source "$1"; COMP_LINE=$2 COMP_POINT=\${#2} COMP_WORDS=(sipprot) COMP_CWORD=1; _sipprot
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run("bash", ["--norc", "-c", script, "bash", join(folder, "words.bash"), line], {
    cwd: folder,
  });
  return stdout.split("\n").filter((word) => word !== "");
}

async function offerOfFish(line: string): Promise<string[]> {
  const script = 'source $argv[1]; complete -C"$argv[2]"';
  const { stdout } = await run("fish", ["--no-config", "-c", script, join(folder, "words.fish"), line], {
    cwd: folder,
  });
  return stdout.split("\n").flatMap((offered) => (offered === "" ? [] : [offered.split("\t", 1)[0] ?? ""]));
}

async function pressTab(shell: "bash" | "zsh", typed: string): Promise<string> {
  const setup =
    shell === "bash"
      ? `source ${folder}/words.bash`
      : `bindkey -e; autoload -Uz compinit; compinit -u -D; source ${folder}/words.zsh`;
  const { stdout } = await run("python3", [presser, shell, `cd ${folder}; sipprot() { :; }; ${setup}`, typed], {
    timeout: 60_000,
  });
  return stdout.trim();
}

/** A line as typed, and all that may follow. */
const offers: [string, readonly string[]][] = [
  ["sipprot list ", ["allow", "deny"]],
  ["sipprot l d re", ["remove", "remove-file"]],
  ["sipprot --json list allow sh", ["show"]],
  ["sipprot settings get ", settingNames],
  ["sipprot settings set geoMode ", ["off", "allow", "deny"]],
  ["sipprot settings set failOpen ", ["true", "false"]],
  ["sipprot watch --gate ", gates],
  ["sipprot watch --gate flood --verdict would", ["would-refuse"]],
  ["sipprot user role ann ", ["viewer", "operator", "administrator"]],
  ["sipprot user add ann --role op", ["operator"]],
  ["sipprot notify test ", ["mail", "webhook"]],
  ["sipprot completion ", ["bash", "zsh", "fish"]],
  ["sipprot help ba", ["backup"]],
  ["sipprot restore --dr", ["--dry-run"]],
  ["sipprot restore ba", ["backup of today.jsonl"]],
  ["sipprot check 198.51.100.7 ", []],
  ["sipprot nonsense ", []],
];

describe.each([
  ["bash", offerOfBash],
  ["fish", offerOfFish],
] as const)("%s", (shell, ask) => {
  it.each(offers)("offers what may follow %j, and nothing else", async (line, expected) => {
    const offered = (await ask(line)).map((word) => word.replaceAll("\\", ""));
    expect(offered.sort()).toEqual([...expected].sort());
  });

  it("offers every command and every option there is", async () => {
    for (const { path, commands, options } of describeCommands(program)) {
      if (commands.length > 0) {
        expect((await ask(`sipprot${path} `)).sort()).toEqual(commands.map(({ word }) => word).sort());
      }
      const offered = await ask(`sipprot${path} --`);
      const known = (await ask("sipprot --")).concat(options.map(({ flags }) => flags.at(-1) ?? ""));
      expect(new Set(offered), `${shell}: sipprot${path}`).toEqual(new Set(known));
    }
  });
});

describe.each(["bash", "zsh"] as const)("a TAB in %s", (shell) => {
  it.each([
    ["sipprot sta", "sipprot status"],
    ["sipprot list all", "sipprot list allow"],
    ["sipprot l a imp", "sipprot l a import"],
    ["sipprot settings set mode ob", "sipprot settings set mode observe"],
    ["sipprot --log sys", "sipprot --log syslog://"],
    ["sipprot watch --verdict=would", "sipprot watch --verdict=would-refuse"],
    ["sipprot restore backup", "sipprot restore backup of today.jsonl"],
  ])("makes of %j what was meant", async (typed, line) => {
    expect(await pressTab(shell, typed)).toBe(line);
  });
});
