/** Copies a text to the clipboard and says so, to eyes and ears. */
"use client";
import { Button } from "@mantine/core";
import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useAnnounce } from "./live-region.tsx";

const SAID_FOR_MS = 2000;

export interface CopyButtonProps {
  /** The text, or what makes it when the button is pressed. */
  readonly text: string | (() => string);
  /** Says what is copied: "Copy as JSON". */
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const t = useTranslations("kit");
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<"copied" | "failed" | undefined>();
  const copy = async () => {
    const done = await navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
      () => "copied" as const,
      () => "failed" as const,
    );
    setOutcome(done);
    announce(done === "copied" ? t("copied") : t("copyFailed"));
    setTimeout(() => setOutcome(undefined), SAID_FOR_MS);
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={outcome === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      onClick={() => void copy()}
    >
      {outcome === undefined ? label : outcome === "copied" ? t("copied") : t("copyFailed")}
    </Button>
  );
}
