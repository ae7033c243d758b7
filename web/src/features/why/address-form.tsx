/** Asks for the address or network somebody wants to know about. */
"use client";
import { Button, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { addressHref } from "../../components/address-link.tsx";
import classes from "./address-form.module.css";

/** `typed` is what was asked for before and is no address. */
export function AddressForm({ typed: before }: { readonly typed: string }) {
  const t = useTranslations("why");
  const router = useRouter();
  const [typed, setTyped] = useState(before);
  const [isWrong, setWrong] = useState(before !== "");
  const look = async () => {
    // Reading addresses needs a library that the page does not need otherwise.
    const { readNetwork } = await import("../../components/read-network.ts");
    const network = readNetwork(typed);
    setWrong(network === undefined);
    if (network !== undefined) router.push(addressHref(network));
  };
  return (
    <search className={classes.card}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <TextInput
          className={classes.input}
          size="md"
          data-page-search
          label={t("formLabel")}
          description={t("formHint")}
          error={isWrong ? t("formWrong") : undefined}
          value={typed}
          maxLength={64}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <Button type="submit" size="md">
          {t("formAsk")}
        </Button>
      </form>
    </search>
  );
}
