/** Offers to take back what was just done: a notice with a button and the seconds left, reachable by the key `z`. */
"use client";
import { Button, Group, Text } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { hideNotice, showNotice } from "./notices.ts";

/** Long enough to read, to find the button by keyboard, and to change one's mind. */
const UNDO_SECONDS = 20;
/** How the shortcut finds the newest offer. */
export const UNDO_BUTTON = "[data-undo]";

export interface UndoOffer {
  /** What was done: "3 entries removed". */
  readonly text: string;
  /** Takes it back; what it throws is told by the caller. */
  readonly undo: () => Promise<unknown>;
}

/** `offerUndo({ text, undo })` after the change was made. */
export function useUndo(): (offer: UndoOffer) => void {
  return useCallback((offer) => {
    const id = `undo-${crypto.randomUUID()}`;
    void showNotice({
      id,
      autoClose: false,
      withCloseButton: false,
      message: <UndoNotice offer={offer} onEnd={() => void hideNotice(id)} />,
    });
  }, []);
}

function UndoNotice({ offer, onEnd }: { readonly offer: UndoOffer; readonly onEnd: () => void }) {
  const t = useTranslations("kit");
  const [secondsLeft, setSecondsLeft] = useState(UNDO_SECONDS);
  const [isBusy, setBusy] = useState(false);
  // While the reader is at it, time stands still.
  const isHeld = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!isHeld.current) setSecondsLeft((left) => left - 1);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (secondsLeft <= 0) onEnd();
  }, [secondsLeft, onEnd]);
  const hold = (isNow: boolean) => () => {
    isHeld.current = isNow;
  };
  const take = async () => {
    setBusy(true);
    isHeld.current = true;
    await offer.undo().catch(() => undefined);
    onEnd();
  };
  return (
    <Group justify="space-between" wrap="nowrap" onMouseEnter={hold(true)} onMouseLeave={hold(false)}>
      <Text>{offer.text}</Text>
      <Group gap="xs" wrap="nowrap">
        <Button
          data-undo
          size="compact-sm"
          loading={isBusy}
          onFocus={hold(true)}
          onBlur={hold(false)}
          onClick={() => void take()}
        >
          {t("undo")}
        </Button>
        <Text component="span" c="dimmed" className="tabular" aria-hidden>
          {t("secondsShort", { seconds: Math.max(0, secondsLeft) })}
        </Text>
      </Group>
    </Group>
  );
}
