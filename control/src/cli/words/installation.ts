/** The words of the commands about the installation: setting it up, its programs and hosts, backups, the doctor. */
import { serviceActionSchema } from "@sipprot/shared/service";
import { Argument, type Command, Option } from "commander";
import { backUp } from "../commands/backup.ts";
import { runDoctor } from "../commands/doctor.ts";
import { removeHost, showHosts } from "../commands/host.ts";
import { restore } from "../commands/restore.ts";
import { actOnProxy, showServices } from "../commands/service.ts";
import { setUp } from "../commands/setup.ts";
import { offering } from "../offers.ts";
import type { InSession } from "./in-session.ts";

const actionDescriptions: Record<(typeof serviceActionSchema.options)[number], string> = {
  start: "start the proxy",
  reload: "start the proxy anew while calls go on",
  restart: "stop the proxy and start it with the settings of now",
  stop: "stop the proxy; the PBX is reached directly then, unless failOpen is false",
};

export function addInstallationWords(program: Command, inSession: InSession): void {
  program
    .command("setup")
    .description("prepare the store; nothing is done when it is prepared already")
    .addOption(new Option("--boot", "also start with the machine, by a systemd unit").conflicts(["remove", "state"]))
    .option("--remove", "stop everything, take the kernel's tables and settings, the unit and the command away")
    .option("--state", "with --remove: also delete lists, settings, logs and secrets")
    .action((options) => inSession((session) => setUp(session, options)));
  program
    .command("doctor")
    .alias("d")
    .description("look for problems: settings, store, proxy, kernel, PBX, machine, and ways around the proxy")
    .option("--strict", "end with 1 for a warning as well")
    .action((options) => inSession((session) => runDoctor(session, options)));
  const file = () => offering(new Argument("<FILE>"), { kind: "files" });
  program
    .command("backup")
    .alias("b")
    .addArgument(file())
    .description("write everything but secrets to a new file, or with - to standard output")
    .action((path) => inSession((session) => backUp(session, path)));
  program
    .command("restore")
    .addArgument(file())
    .description("put what a backup holds in place of what is there; with - from standard input")
    .option("--dry-run", "change nothing, and say what would be different")
    .action((path, options) => inSession((session) => restore(session, path, options)));
  const services = program
    .command("service")
    .alias("sv")
    .description("the programs of this installation")
    .helpCommand(false);
  services
    .command("status")
    .description("print the programs and how they are")
    .action(() => inSession(showServices));
  for (const action of serviceActionSchema.options) {
    services
      .command(action)
      .description(actionDescriptions[action])
      .action(() => inSession((session) => actOnProxy(session, action)));
  }
  const hosts = program.command("host").alias("ho").description("the hosts that share this store").helpCommand(false);
  hosts
    .command("list")
    .alias("ls")
    .description("print the hosts and how they are")
    .action(() => inSession(showHosts));
  hosts
    .command("remove <name>")
    .alias("rm")
    .description("forget a host that is no more")
    .action((name) => inSession((session) => removeHost(session, name)));
}
