/** A mail server that really receives: it refuses `nobody@`, and keeps the rest. */
import { SMTPServer } from "smtp-server";

export interface MailServer {
  readonly port: number;
  /** Each mail as it came, with its recipients. */
  readonly mails: ReadonlyArray<{ readonly to: readonly string[]; readonly text: string }>;
  readonly close: () => Promise<void>;
}

/** What it says of `nobody@`. */
export const NO_MAILBOX = "no such mailbox here";

/** Starts it; `slowMs` is how long it thinks about each recipient. */
export async function startMailServer(slowMs = 0): Promise<MailServer> {
  const mails: Array<{ to: string[]; text: string }> = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _session, decide) => {
      setTimeout(() => decide(address.startsWith("nobody@") ? new Error(NO_MAILBOX) : undefined), slowMs);
    },
    onData: (stream, { envelope }, taken) => {
      let text = "";
      stream.on("data", (piece: Buffer) => {
        text += piece.toString();
      });
      stream.on("end", () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text });
        taken();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as { port: number };
  return { port, mails, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
