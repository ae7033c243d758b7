/** Gives something a turn again and again: never two at once, and a failure ends nothing. */

/** What the process offers for waiting; tests have their own. */
export interface Timers {
  /** Calls `work` after the time and returns how to call it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** The process's own timers; a waiting turn does not keep the process alive. */
export const processTimers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export interface Turns {
  /** Takes the next turn now; when one is going on, right after it. */
  readonly hasten: () => void;
  /** No more turns; settles when the one that is going on has ended. */
  readonly stop: () => Promise<void>;
}

/** Takes the first turn now and the next `everyMs` after each one ended. What a turn throws is told to `onTrouble`. */
export function startTurns(
  takeTurn: () => Promise<void>,
  everyMs: number,
  timers: Timers,
  onTrouble: (error: unknown) => void,
): Turns {
  let isStopped = false;
  let isHastened = false;
  let callOff: (() => void) | undefined;
  let going = Promise.resolve();

  const turn = () => {
    callOff = undefined;
    isHastened = false;
    going = takeTurn()
      .catch(onTrouble)
      .then(() => {
        if (isStopped) return;
        if (isHastened) turn();
        else callOff = timers.after(everyMs, turn);
      });
  };
  turn();
  return {
    hasten: () => {
      isHastened = true;
      if (isStopped || callOff === undefined) return;
      callOff();
      turn();
    },
    stop: async () => {
      isStopped = true;
      callOff?.();
      await going;
    },
  };
}
