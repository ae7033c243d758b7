/** The box in the header: type an address, read why. */
"use client";
import { TextInput } from "@mantine/core";
import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { addressHref } from "../../components/address-link.tsx";
import classes from "./address-lookup.module.css";

export function AddressLookup() {
  const t = useTranslations("shell");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const look = async () => {
    // Reading addresses needs a library that no page needs at first.
    const { readNetwork } = await import("../../components/read-network.ts");
    const network = readNetwork(typed);
    setWrong(network === undefined);
    if (network === undefined) return;
    setTyped("");
    router.push(addressHref(network));
  };
  return (
    <search className={classes.lookup}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <TextInput
          size="xs"
          aria-label={t("lookup")}
          placeholder={t("lookup")}
          leftSection={<Search size={14} aria-hidden />}
          value={typed}
          error={isWrong ? t("lookupWrong") : undefined}
          maxLength={64}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
        />
      </form>
    </search>
  );
}
