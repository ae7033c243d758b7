/** The messages that caused a block, field by field; loaded with the grammar when they are first wanted. */
"use client";
import type { Evidence } from "@sipprot/shared/block";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import { DateTime } from "../../components/date-time.tsx";
import { WireText } from "../../components/wire-text.tsx";
import { MessageFields } from "./message-fields.tsx";
import classes from "./message-list.module.css";
import { readMessage } from "./read-message.ts";

export function MessageList({ messages }: { readonly messages: readonly Evidence[] }) {
  const t = useTranslations("why");
  return (
    <>
      <p className={classes.masked}>{t("masked")}</p>
      <ol className={classes.messages}>
        {messages.map((message) => (
          <li key={`${message.atMs} ${message.from} ${message.text.length}`} className={classes.message}>
            <Message message={message} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Message({ message }: { readonly message: Evidence }) {
  const t = useTranslations("why");
  const [isRaw, setRaw] = useState(false);
  const read = useMemo(() => readMessage(message.text), [message.text]);
  return (
    <article className={classes.article} data-message data-sip={read.isSip}>
      <header className={classes.head}>
        <DateTime atMs={message.atMs} />
        <span translate="no">
          {message.from} {message.transport.toUpperCase()}
        </span>
        <span className={classes.tools} data-print="no">
          <button type="button" className={classes.switch} aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            {isRaw ? t("showFields") : t("showRaw")}
          </button>
          <CopyButton text={message.text} label={t("copyMessage")} />
        </span>
      </header>
      {!read.isSip && <p className={classes.damaged}>{t("noSip")}</p>}
      {isRaw ? <RawText text={message.text} /> : <MessageFields message={read} />}
    </article>
  );
}

/** As it came, line by line; what cannot be seen is written out. */
function RawText({ text }: { readonly text: string }) {
  return (
    <pre className={classes.raw}>
      {text.split(/(?<=\n)/).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never change places
        <div key={index}>
          <WireText text={line} foldAfter={400} />
        </div>
      ))}
    </pre>
  );
}
