/** The fields of a message: the name, what it means where that helps, the value, and its parts. */
"use client";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { WireText } from "../../components/wire-text.tsx";
import type { MessageField, MessagePart, ReadMessage } from "./message-field.ts";
import classes from "./message-list.module.css";

export function MessageFields({ message }: { readonly message: ReadMessage }) {
  const t = useTranslations("why");
  const { startLine, start, isSip, fields, body } = message;
  return (
    <dl className={classes.fields}>
      <dt>{t("startLine")}</dt>
      <dd>
        <WireText text={startLine} foldAfter={200} />
        {isSip && <Parts parts={start} />}
      </dd>
      {fields.map((field, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the fields of a message never change places
        <Field key={index} field={field} />
      ))}
      {body !== "" && (
        <>
          <dt>{t("body")}</dt>
          <dd>
            <WireText text={body} foldAfter={400} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Field({ field: { name, value, parts, isDamaged } }: { readonly field: MessageField }) {
  const t = useTranslations("why");
  const meanings = useMeanings();
  const meaning = meanings[name.toLowerCase()];
  return (
    <>
      <dt>
        {name === "" ? t("noHeader") : <WireText text={name} />}
        {meaning !== undefined && <span className={classes.meaning}>{meaning}</span>}
      </dt>
      <dd data-field={name} data-damaged={isDamaged}>
        <WireText text={value} foldAfter={200} />
        {isDamaged && <span className={classes.damaged}>{t("damaged")}</span>}
        <Parts parts={parts} />
      </dd>
    </>
  );
}

function Parts({ parts }: { readonly parts: readonly MessagePart[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className={classes.parts}>
      {parts.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a field never change places
        <li key={index}>
          <span className={classes.partName}>
            <WireText text={name} />
          </span>{" "}
          <WireText text={value} foldAfter={80} />
        </li>
      ))}
    </ul>
  );
}

/** What a reader who is no SIP engineer should know of a header. */
function useMeanings(): Readonly<Record<string, string>> {
  const t = useTranslations("why");
  return useMemo(
    () => ({
      via: t("meansVia"),
      from: t("meansFrom"),
      to: t("meansTo"),
      contact: t("meansContact"),
      "call-id": t("meansCallId"),
      cseq: t("meansCseq"),
      "user-agent": t("meansAgent"),
      authorization: t("meansCredentials"),
      "proxy-authorization": t("meansCredentials"),
      expires: t("meansExpires"),
    }),
    [t],
  );
}
