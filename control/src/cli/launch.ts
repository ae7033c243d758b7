/** What `npm start` and `npm stop` do once everything is built: `launch.js [start|stop] [--config FILE]`. */
import { SipprotError } from "@sipprot/shared/errors";
import { findNamedFile } from "@sipprot/shared/installation";
import { openBriefConnection } from "@sipprot/shared/store/redis-connection";
import { readSettings } from "@sipprot/shared/store/settings-store";
import { readConfig } from "../config.ts";
import { listLocalAddresses } from "../services/caller.ts";
import { linkCommand } from "../services/command-link.ts";
import { writeCompletionFiles } from "../services/completion-files.ts";
import { halt, launch } from "../services/launch.ts";
import { describeProtection } from "../services/protection.ts";
import { createFirstAdministrator } from "../services/users.ts";
import { writeCompletions } from "./completion/completion.ts";
import { describeProgram } from "./program.ts";

const words = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const config = readConfig(findNamedFile(words));
  if (words[0] === "stop") {
    await halt(config, say);
    say(
      "stopped. In transparent mode the PBX is reached directly now, and what the kernel blocks stays blocked: sipprot setup --remove takes that away.",
    );
  } else {
    const health = await launch(config, say);
    const redis = await openBriefConnection(config.boot);
    const { settings } = await readSettings(redis);
    const first = await createFirstAdministrator(redis, Date.now());
    redis.disconnect();
    const called = linkCommand(config.isRoot);
    if (called === "sipprot") writeCompletionFiles(writeCompletions(describeProgram()));
    say(["", ...describeProtection(config, health, settings, listLocalAddresses())].join("\n"));
    if (first !== undefined) {
      say(`\nFirst administrator: ${first.name}\nOne-time password:   ${first.password}   (shown only now)`);
    }
    if (called !== "sipprot") say(`The command is: ${called}`);
  }
} catch (error) {
  const facts = error instanceof SipprotError ? error.facts : {};
  process.stderr.write(`✗ ${error instanceof Error ? error.message : String(error)}\n`);
  if (facts.expected !== undefined) process.stderr.write(`  expected: ${facts.expected}\n`);
  if (facts.remedy !== undefined) process.stderr.write(`  remedy: ${facts.remedy}\n`);
  process.exitCode = 1;
}
