/** Mail by SMTP: one connection a message, TLS as told, nothing read from files or the web on behalf of a message. */
import type { SmtpSettings } from "@sipprot/shared/notification";
import { createTransport } from "nodemailer";
import { channelFailed, type Overhear, SEND_DEADLINE_MS, type Sender } from "./channel.ts";
import type { NotificationMessage } from "./message.ts";

/** The oldest TLS that is not broken. */
const OLDEST_TLS = "TLSv1.2";
/** Longest silence of the server within a session. */
const SILENCE_MS = 10_000;

export class MailChannel implements Sender {
  readonly #smtp: SmtpSettings;
  readonly #password: string;
  readonly #recipients: readonly string[];
  readonly #deadlineMs: number;

  constructor(smtp: SmtpSettings, password: string, recipients: readonly string[], deadlineMs = SEND_DEADLINE_MS) {
    this.#smtp = smtp;
    this.#password = password;
    this.#recipients = recipients;
    this.#deadlineMs = deadlineMs;
  }

  async send(message: NotificationMessage, overhear?: Overhear): Promise<string> {
    const { host, port, security, verifyCertificate, user, from } = this.#smtp;
    const silenceMs = Math.min(SILENCE_MS, this.#deadlineMs);
    const transport = createTransport({
      host,
      port,
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(user === "" ? {} : { auth: { user, pass: this.#password } }),
      tls: { minVersion: OLDEST_TLS, rejectUnauthorized: verifyCertificate },
      connectionTimeout: silenceMs,
      greetingTimeout: silenceMs,
      socketTimeout: silenceMs,
      dnsTimeout: silenceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(overhear === undefined ? {} : { transactionLog: true, logger: listenerOf(overhear) }),
    });
    let timer: NodeJS.Timeout | undefined;
    try {
      const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error(`${host}:${port} did not finish within ${this.#deadlineMs / 1000} s`));
        }, this.#deadlineMs);
      });
      const sending = transport.sendMail({
        from,
        to: [...this.#recipients],
        subject: message.subject,
        text: message.text,
        html: message.html,
        // So that nobody's absence note answers (RFC 3834).
        headers: { "Auto-Submitted": "auto-generated" },
      });
      const { response, rejected } = await Promise.race([sending, deadline]);
      if (rejected.length > 0) throw new Error(`${response}; not taken for: ${rejected.join(", ")}`);
      return response;
    } catch (error) {
      throw channelFailed("mail", describe(error), error);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  }
}

/** What the library tells of the conversation, line by line; it leaves passwords out itself. */
function listenerOf(overhear: Overhear) {
  const hear = ({ tnx }: { readonly tnx?: string }, text: unknown) => {
    if (typeof text !== "string" || (tnx !== "client" && tnx !== "server")) return;
    for (const line of text.split(/\r?\n/)) overhear(tnx === "client" ? "sipprot" : "server", line);
  };
  const ignore = () => undefined;
  return { debug: hear, trace: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore, level: ignore };
}

/** The server's own answer where it gave one. */
function describe(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const answer = "response" in error && typeof error.response === "string" ? error.response : "";
  return answer === "" && error instanceof Error ? error.message : answer;
}
