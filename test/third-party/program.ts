/** A program that is no part of sipprot: denies a network, reads it back, reads the report, follows the events. */
import { createSipprotClient, describeFailure, type RouterInputs, type RouterOutputs } from "@sipprot/client";

type Entry = RouterOutputs["lists"]["page"]["rows"][number];

const [url = "", token = "", ca] = process.argv.slice(2);
const tell = (what: string, said: unknown) => process.stdout.write(`${JSON.stringify([what, said])}\n`);

try {
  const client = createSipprotClient(ca === undefined ? { url, token } : { url, token, ca });
  const network = "203.0.113.0/24";
  const addition: RouterInputs["lists"]["add"] = { list: "deny", networks: [network], note: "told by the CRM" };
  tell("added", (await client.lists.add.mutate(addition)).networks);

  // Both in one request.
  const date = new Date().toISOString().slice(0, 10);
  const [page, report] = await Promise.all([
    client.lists.page.query({ list: "deny", filter: { network } }),
    client.reports.daily.query({ date }),
  ]);
  const entry: Entry | undefined = page.rows[0];
  tell("read", [entry?.network, entry?.note, entry?.addedBy]);
  tell("report", [report.date, report.total, report.rows.map(({ attacker, blocks }) => [attacker, blocks])]);

  await new Promise<void>((resolve, reject) => {
    const subscription = client.events.live.subscribe(undefined, {
      onStarted: () => tell("following", true),
      onData: ({ data }) => {
        for (const event of data) {
          tell("event", [event.kind, event.source, event.reason.gate === "scanner" ? event.reason.pattern : ""]);
          subscription.unsubscribe();
          resolve();
        }
      },
      onError: reject,
    });
  });
} catch (error) {
  const failure = describeFailure(error);
  if (failure === undefined) throw error;
  tell("failed", [failure.code, failure.message, failure.field, failure.remedy]);
  process.exitCode = 1;
}
