/** How a receiver checks that a message is ours, with an example that is computed, not written. */
"use client";
import { Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "../../components/copy-button.tsx";
import styles from "./notifications.module.css";
import {
  exampleBody,
  exampleSecret,
  exampleTimestamp,
  receiverExample,
  shellExample,
  signWebhook,
} from "./webhook-signature.ts";

export function SignatureExplained({ typedSecret }: { readonly typedSecret: string }) {
  const t = useTranslations("notifications");
  const secret = typedSecret === "" ? exampleSecret : typedSecret;
  const [signature, setSignature] = useState("");
  useEffect(() => {
    let isOver = false;
    void signWebhook(secret, exampleTimestamp, exampleBody).then((signed) => {
      if (!isOver) setSignature(signed);
    });
    return () => {
      isOver = true;
    };
  }, [secret]);
  const request = [
    "POST /sipprot HTTP/1.1",
    "Content-Type: application/json",
    "X-Sipprot-Id: test:1767225600000",
    `X-Sipprot-Timestamp: ${exampleTimestamp}`,
    `X-Sipprot-Signature: ${signature}`,
    "",
    exampleBody,
  ].join("\n");
  const shell = shellExample(secret);
  return (
    <details className={styles.explained}>
      <summary>{t("signatureTitle")}</summary>
      <Stack gap="sm">
        <Text>{t("signatureText")}</Text>
        <Text>{typedSecret === "" ? t("exampleWithExample", { secret: exampleSecret }) : t("exampleWithTyped")}</Text>
        <pre className={styles.code} data-example="request">
          {request}
        </pre>
        <Text>{t("exampleShell")}</Text>
        <pre className={styles.code} data-example="shell">
          {shell}
        </pre>
        <div>
          <CopyButton text={shell} label={t("copyCommand")} />
        </div>
        <Text>{t("exampleReceiver")}</Text>
        <pre className={styles.code}>{receiverExample}</pre>
        <div>
          <CopyButton text={receiverExample} label={t("copyReceiver")} />
        </div>
        <Text>{t("signatureRepeats")}</Text>
      </Stack>
    </details>
  );
}
