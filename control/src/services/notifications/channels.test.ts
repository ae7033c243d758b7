import { createServer, type Server as HttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { notificationSettingsSchema, type SmtpSettings } from "@sipprot/shared/notification";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { type MailServer, startMailServer } from "../../../../test/system/mail-server.ts";
import { MailChannel } from "./mail-channel.ts";
import { testMessage } from "./message.ts";
import { signWebhook, WebhookChannel } from "./webhook-channel.ts";

const closing: Array<() => void> = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A mail server that really receives. */
async function startSmtp(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  closing.push(server.close);
  return server;
}

async function startTcp(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(server);
}

async function startHttp(listener: RequestListener): Promise<string> {
  const server: HttpServer = createServer(listener);
  closing.push(() => server.closeAllConnections());
  return `http://127.0.0.1:${await listen(server)}/hook`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

const smtp = (port: number, differing: Partial<SmtpSettings> = {}): SmtpSettings => ({
  host: "127.0.0.1",
  port,
  security: "none",
  verifyCertificate: true,
  user: "",
  from: "sipprot@example.org",
  ...differing,
});

const message = testMessage("pbx1", "fr", 1000);
const to = ["anna@example.org", "bert@example.org"];

describe("the mail channel", () => {
  it("hands the message to a real server, in both forms, and returns its answer", async () => {
    const { port, received } = await startSmtp({ disabledCommands: ["STARTTLS", "AUTH"] });
    expect(await new MailChannel(smtp(port), "", to).send(message)).toBe("250 queued as 4711");
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual(to);
    expect(received[0]?.text).toContain("Subject: [sipPROT] pbx1: Message de test");
    expect(received[0]?.text).toContain("Auto-Submitted: auto-generated");
    expect(received[0]?.text).toContain("Content-Type: text/plain");
    expect(received[0]?.text).toContain("Content-Type: text/html");
  });

  it.each(["tls", "starttls"] as const)("signs in over %s", async (security) => {
    const signIns: unknown[] = [];
    const { port, received } = await startSmtp({
      secure: security === "tls",
      authOptional: false,
      onAuth({ username, password }, session, callback) {
        signIns.push([username, password, session.secure]);
        callback(null, { user: username ?? "" });
      },
    });
    const settings = smtp(port, { security, verifyCertificate: false, user: "mailer" });
    const said: string[] = [];
    await new MailChannel(settings, "open sesame", to).send(message, (speaker, text) =>
      said.push(`${speaker} ${text}`),
    );
    expect(said.find((line) => line.startsWith("server 220"))).toBeDefined();
    expect(said).toContain("sipprot RCPT TO:<bert@example.org>");
    expect(said).toContain("server 250 queued as 4711");
    const plain = said.map((line) => Buffer.from(line.split(" ").at(-1) ?? "", "base64").toString("latin1"));
    expect([...said, ...plain].join("\n")).not.toContain("open sesame");
    expect(signIns).toEqual([["mailer", "open sesame", true]]);
    expect(received).toHaveLength(1);
  });

  it("does not take a certificate nobody vouches for, and then sends nothing", async () => {
    const { port, received } = await startSmtp({ secure: true });
    const sending = new MailChannel(smtp(port, { security: "tls" }), "", to).send(message);
    await expect(sending).rejects.toMatchObject({
      code: "channel-failed",
      message: expect.stringMatching(/certificate/i),
    });
    expect(received).toEqual([]);
  });

  it("does not fall back to the clear when the server has no STARTTLS", async () => {
    let signIns = 0;
    const { port, received } = await startSmtp({
      disabledCommands: ["STARTTLS"],
      onAuth({ username }, _, callback) {
        signIns += 1;
        callback(null, { user: username ?? "" });
      },
    });
    const settings = smtp(port, { security: "starttls", user: "mailer" });
    await expect(new MailChannel(settings, "open sesame", to).send(message)).rejects.toMatchObject({
      code: "channel-failed",
    });
    expect([signIns, received]).toEqual([0, []]);
  });

  it("says what the server said when the password is wrong, a recipient is not taken, or one of two is not", async () => {
    const wrong = await startSmtp({
      authOptional: false,
      onAuth: (_, __, callback) => callback(Object.assign(new Error("5.7.8 no such luck"), { responseCode: 535 })),
    });
    const settings = smtp(wrong.port, { user: "mailer", security: "starttls", verifyCertificate: false });
    const failure: Error = await new MailChannel(settings, "open sesame", to).send(message).then(
      () => new Error("was taken"),
      (error) => error,
    );
    expect(failure.message).toContain("5.7.8 no such luck");
    expect(failure.message).not.toContain("sesame");
    const picky = await startSmtp({
      onRcptTo: ({ address }, _, callback) =>
        address.startsWith("bert") ? callback(new Error("who is that?")) : callback(),
    });
    await expect(new MailChannel(smtp(picky.port), "", ["bert@example.org"]).send(message)).rejects.toThrow(
      "who is that?",
    );
    await expect(new MailChannel(smtp(picky.port), "", to).send(message)).rejects.toThrow("bert@example.org");
  });

  it("ends when the server says nothing, or drips its greeting for ever", async () => {
    const silent = await startTcp(() => undefined);
    await expect(new MailChannel(smtp(silent), "", to, 200).send(message)).rejects.toMatchObject({
      code: "channel-failed",
    });
    const dripping = await startTcp((socket) => {
      const timer = setInterval(() => socket.write("220-x\r\n"), 20);
      socket.on("close", () => clearInterval(timer));
    });
    await expect(new MailChannel(smtp(dripping), "", to, 200).send(message)).rejects.toMatchObject({
      code: "channel-failed",
    });
  });

  it("ends when nobody listens, TLS breaks, or what answers is no mail server", async () => {
    const port = await startTcp((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await expect(new MailChannel(smtp(port), "", to).send(message)).rejects.toMatchObject({ code: "channel-failed" });
    await expect(new MailChannel(smtp(port, { security: "tls" }), "", to).send(message)).rejects.toMatchObject({
      code: "channel-failed",
    });
    const breaking = await startTcp((socket) => {
      socket.write("220 hello\r\n");
      socket.on("data", (bytes) => {
        if (bytes.toString().startsWith("EHLO")) socket.write("250-hello\r\n250 STARTTLS\r\n");
        else if (bytes.toString().startsWith("STARTTLS")) socket.write("220 go\r\nthis is not TLS\r\n");
        else socket.destroy();
      });
    });
    await expect(new MailChannel(smtp(breaking, { security: "starttls" }), "", to).send(message)).rejects.toMatchObject(
      { code: "channel-failed" },
    );
    await expect(new MailChannel(smtp(1), "", to).send(message)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("the webhook channel", () => {
  const now = () => 1_700_000_000_999;

  it("posts JSON whose signature the receiver can check, and returns the answer", async () => {
    let checked: unknown;
    const url = await startHttp((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const {
          "x-sipprot-timestamp": timestamp,
          "x-sipprot-signature": signature,
          "x-sipprot-id": id,
        } = request.headers;
        checked = { timestamp, id, isSigned: signature === signWebhook("0123456789abcdef", String(timestamp), body) };
        response.end("thanks");
        expect(JSON.parse(body)).toEqual({ kind: "test", host: "pbx1", atMs: 1000 });
      });
    });
    expect(await new WebhookChannel(url, "0123456789abcdef", now).send(message)).toBe("200 OK: thanks");
    expect(checked).toEqual({ timestamp: "1700000000", id: "test:1000", isSigned: true });
    // The signature as an independent implementation has it: openssl dgst -sha256 -hmac.
    expect(signWebhook("key", "1", "{}")).toBe("v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
  });

  it("follows no redirect", async () => {
    let visits = 0;
    const elsewhere = await startHttp((_, response) => {
      visits += 1;
      response.end();
    });
    const url = await startHttp((_, response) => response.writeHead(307, { location: elsewhere }).end());
    await expect(new WebhookChannel(url, "", now).send(message)).rejects.toThrow("redirects are not followed");
    expect(visits).toBe(0);
  });

  it("says what the other side said, and reads only the beginning of an endless answer", async () => {
    const refusing = await startHttp((_, response) => response.writeHead(503).end("come back later"));
    await expect(new WebhookChannel(refusing, "", now).send(message)).rejects.toThrow(
      "503 Service Unavailable: come back later",
    );
    const endless = await startHttp((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(65_536)), 1);
      response.on("close", () => clearInterval(timer));
    });
    expect((await new WebhookChannel(endless, "", now).send(message)).length).toBe(300);
  });

  it("ends when nobody answers, nobody listens, or the connection breaks", async () => {
    const silent = await startHttp(() => undefined);
    await expect(new WebhookChannel(silent, "", now, 200).send(message)).rejects.toThrow("no answer within 0.2 s");
    const broken = await startTcp((socket) => socket.destroy());
    for (const port of [1, broken]) {
      await expect(new WebhookChannel(`http://127.0.0.1:${port}/`, "", now).send(message)).rejects.toMatchObject({
        code: "channel-failed",
      });
    }
  });
});

describe("notification settings", () => {
  it.each([
    [{ smtp: smtp(25, { host: "mail.example.org", user: "mailer" }) }, "smtp.security"],
    [{ smtp: smtp(25, { host: "mail\r\nRCPT TO" }) }, "smtp.host"],
    [{ recipients: ["a@example.org\nBcc: b@example.org"] }, "recipients.0"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ webhook: { url: "file:///etc/passwd" } }, "webhook.url"],
    [{ webhook: { url: "https://a:b@example.org/" } }, "webhook.url"],
    [{ dailySummaryHour: 24 }, "dailySummaryHour"],
  ])("refuse %j", (settings, field) => {
    expect(notificationSettingsSchema.safeParse(settings).error?.issues[0]?.path.join(".")).toBe(field);
  });
});
