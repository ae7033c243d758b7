/** The words of `sipprot feed` and `sipprot notify`. */
import { notificationChannels } from "@sipprot/shared/notification";
import { reportLanguages } from "@sipprot/shared/report";
import { Argument, type Command, Option } from "commander";
import { addFeed, refreshFeeds, removeFeed, showFeeds, switchFeed } from "../commands/feed.ts";
import { setNotifications, showNotifications, testNotifications } from "../commands/notify.ts";
import { offering } from "../offers.ts";
import { type InSession, wholeNumber } from "./in-session.ts";

export function addFeedWords(program: Command, inSession: InSession): void {
  const feeds = program.command("feed").alias("f").description("manage denylists kept by others").helpCommand(false);
  feeds
    .command("list")
    .alias("ls")
    .description("print all feeds and how they are")
    .action(() => inSession(showFeeds));
  feeds
    .command("add <id> <url>")
    .description("subscribe to a feed; its entries on the Denylist are marked feed:ID")
    .option("--name <text>", "what to call it (default: the id)")
    .addOption(
      new Option("--column <number>", "the column with the address, where a line has several").argParser(
        wholeNumber(1, 50),
      ),
    )
    .option("--every <duration>", "how often it is fetched, from 15m to 7d (default: 6h)")
    .action((id, url, options) => inSession((session) => addFeed(session, id, url, options)));
  feeds
    .command("remove <id>")
    .alias("rm")
    .description("unsubscribe; its entries leave the Denylist")
    .action((id) => inSession((session) => removeFeed(session, id)));
  feeds
    .command("refresh [id]")
    .description("fetch a feed now, or all of them, and say what came of it")
    .action((id) => inSession((session) => refreshFeeds(session, id)));
  feeds
    .command("enable <id>")
    .description("fetch a feed again on its schedule")
    .action((id) => inSession((session) => switchFeed(session, id, true)));
  feeds
    .command("disable <id>")
    .description("fetch a feed no more; what it put on the Denylist stays")
    .action((id) => inSession((session) => switchFeed(session, id, false)));
}

export function addNotifyWords(program: Command, inSession: InSession): void {
  const onOff = (flags: string, description: string) => new Option(flags, description).choices(["on", "off"]);
  const number = (flags: string, description: string, least: number, most: number) =>
    new Option(flags, description).argParser(wholeNumber(least, most));
  const secretFile = (flags: string, description: string) =>
    offering(new Option(flags, `${description} from the first line of FILE, or - to type it or pipe it in`), {
      kind: "files",
    });
  const notify = program
    .command("notify")
    .alias("n")
    .description("manage who is told of attacks, and how")
    .helpCommand(false);
  notify
    .command("show")
    .description("print the settings without secrets, and how the channels are")
    .action(() => inSession(showNotifications));
  notify
    .command("set")
    .description("change some of the settings; what is not named stays")
    .option("--recipients <addresses>", "mail addresses, separated by commas")
    .option("--smtp-host <name>", "the mail server")
    .addOption(number("--smtp-port <port>", "its port (default: 587, with tls 465)", 1, 65_535))
    .addOption(
      new Option("--smtp-security <kind>", "tls from the first byte, starttls, or none").choices([
        "tls",
        "starttls",
        "none",
      ]),
    )
    .option("--smtp-user <name>", "who signs in there; empty for nobody")
    .addOption(secretFile("--smtp-password-file <FILE>", "the password"))
    .option("--smtp-any-certificate", "take any certificate of the mail server")
    .option("--from <address>", "the sender of the mails")
    .option("--no-smtp", "send no mail")
    .option("--webhook <url>", "also tell this address")
    .addOption(secretFile("--webhook-secret-file <FILE>", "the secret it is signed with,"))
    .option("--no-webhook", "tell no webhook")
    .addOption(onOff("--summary <on|off>", "a summary each day"))
    .addOption(number("--summary-hour <hour>", "when it is sent, 0 to 23", 0, 23))
    .option("--time-zone <zone>", "the time zone of that hour, such as Europe/Paris")
    .addOption(onOff("--attacks <on|off>", "messages of attacks"))
    .addOption(number("--attack-interval <minutes>", "at most one message in this time", 1, 1440))
    .addOption(new Option("--language <language>", "of the messages").choices(reportLanguages))
    .action((options) => inSession((session) => setNotifications(session, options)));
  notify
    .command("test")
    .addArgument(new Argument("<channel>").choices(notificationChannels))
    .description("send a test and print what the other side answered")
    .action((channel) => inSession((session) => testNotifications(session, channel)));
}
