/** The files by which the shells of this machine complete `sipprot`: beside the command, for everybody. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Where each shell looks for what the administrator of a machine adds. */
const fileOf = {
  bash: "bash-completion/completions/sipprot",
  zsh: "zsh/site-functions/_sipprot",
  fish: "fish/vendor_completions.d/sipprot.fish",
} as const;

const FOLDER = "/usr/local/share";
/** In the first lines of each of them; a file without it is somebody else's. */
const MARK = "Made by: sipprot completion";

/** Writes the files anew. What is not ours is left alone, and what cannot be written is no reason to fail. */
export function writeCompletionFiles(texts: Readonly<Record<keyof typeof fileOf, string>>, folder = FOLDER): void {
  for (const [shell, text] of Object.entries(texts) as [keyof typeof fileOf, string][]) {
    const file = `${folder}/${fileOf[shell]}`;
    try {
      if (existsSync(file) && !isOurs(file)) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o644 });
    } catch {
      // A read-only /usr: the command works without.
    }
  }
}

/** Removes the files that are ours, and folders that are empty then. True when there were any. */
export function removeCompletionFiles(folder = FOLDER): boolean {
  let wasThere = false;
  for (const path of Object.values(fileOf)) {
    const file = `${folder}/${path}`;
    if (!existsSync(file) || !isOurs(file)) continue;
    rmSync(file);
    wasThere = true;
    for (let at = dirname(file); at !== folder && readdirSync(at).length === 0; at = dirname(at)) rmdirSync(at);
  }
  return wasThere;
}

function isOurs(file: string): boolean {
  return readFileSync(file, "utf8").slice(0, 200).includes(MARK);
}
