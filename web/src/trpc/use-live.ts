/** Follows a stream of things as they happen without freezing the page: drawn a few times a second, bounded, pausable. */
import { useCallback, useEffect, useRef, useState } from "react";
import { LiveBuffer, type LiveView } from "./live-buffer.ts";

/** Shortest time between two drawings: faster cannot be read. */
const DRAW_EVERY_MS = 200;

export type LiveState = "connecting" | "live" | "reconnecting";

/** What the stream calls. */
export interface LiveHandlers<Item> {
  readonly onItems: (items: readonly Item[]) => void;
  readonly onState: (state: LiveState) => void;
}

export interface LiveOptions<Item> {
  /** Opens the stream and returns what closes it; must be stable (useCallback). */
  readonly open: (on: LiveHandlers<Item>) => () => void;
  /** How many are kept, the newest. */
  readonly limit: number;
  /** While true what is shown stands still; what comes is counted in `waiting`. */
  readonly isPaused?: boolean;
}

export interface Live<Item> extends LiveView<Item> {
  readonly state: LiveState;
  /** How many came since a pause began. */
  readonly waiting: number;
}

/** The newest things of a stream. It ends with the component. */
export function useLive<Item>({ open, limit, isPaused = false }: LiveOptions<Item>): Live<Item> {
  const buffer = useRef(new LiveBuffer<Item>(limit));
  const isScheduled = useRef(false);
  const isStill = useRef(isPaused);
  const [state, setState] = useState<LiveState>("connecting");
  const [shown, setShown] = useState<LiveView<Item> & { readonly waiting: number }>({ items: [], seen: 0, waiting: 0 });

  const draw = useCallback(() => {
    if (isScheduled.current) return;
    isScheduled.current = true;
    // A hidden tab gets no frames: nothing is drawn there, the buffer keeps its bound.
    setTimeout(() => {
      requestAnimationFrame(() => {
        isScheduled.current = false;
        const { waiting } = buffer.current;
        setShown((before) => (isStill.current ? { ...before, waiting } : { ...buffer.current.read(), waiting: 0 }));
      });
    }, DRAW_EVERY_MS);
  }, []);

  useEffect(() => {
    isStill.current = isPaused;
    draw();
  }, [isPaused, draw]);

  useEffect(() => {
    setState("connecting");
    return open({
      onItems: (items) => {
        buffer.current.push(items);
        draw();
      },
      onState: setState,
    });
  }, [open, draw]);

  return { ...shown, state };
}
