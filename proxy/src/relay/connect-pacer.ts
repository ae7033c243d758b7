/**
 * Opens connections to the PBX a few at a time. A PBX's queue of connections it has not accepted yet is short (Asterisk's
 * holds 5), and one that finds it full waits a second, then two, then four for TCP's next try: an office that comes back at
 * once would be in after half a minute, or not at all.
 */
import type { Socket } from "node:net";

/** Connections the PBX may have to accept at once: fewer than the shortest queue holds. */
const MAX_OPENING = 4;
/** An open connection without an answer counts as accepted after this: whoever is never answered holds nobody up. */
const SETTLED_AFTER_MS = 20;
/** What is not open by then waits for TCP's next try, and others may try meanwhile. */
const GIVEN_UP_AFTER_MS = 500;

/** One that waits for its turn. */
interface Turn {
  /** Begins to connect; undefined when that failed. */
  readonly open: () => Socket | undefined;
}

/** A queue in which each source has its turn, whatever others ask for. */
class Round {
  readonly #turns = new Map<string, Set<Turn>>();

  add(source: string, turn: Turn): void {
    const own = this.#turns.get(source);
    if (own === undefined) this.#turns.set(source, new Set([turn]));
    else own.add(turn);
  }

  remove(source: string, turn: Turn): void {
    const own = this.#turns.get(source);
    if (own?.delete(turn) === true && own.size === 0) this.#turns.delete(source);
  }

  /** Takes out the first of the source whose turn it is, and puts this source behind the others. */
  take(): Turn | undefined {
    for (const [source, own] of this.#turns) {
      this.#turns.delete(source);
      for (const turn of own) {
        own.delete(turn);
        if (own.size > 0) this.#turns.set(source, own);
        return turn;
      }
    }
    return undefined;
  }
}

/** Shared by all connections of an endpoint. Holds no more than its callers have connections. */
export class ConnectPacer {
  readonly #known = new Round();
  readonly #strangers = new Round();
  #opening = 0;

  /**
   * Calls `open` at once when there is room, or when its turn comes: the known before strangers, and among these each source
   * in turn. Returns what takes the wish back; harmless later.
   */
  ask(source: string, isKnown: boolean, open: Turn["open"]): () => void {
    const turn = { open };
    const round = isKnown ? this.#known : this.#strangers;
    round.add(source, turn);
    this.#goOn();
    return () => round.remove(source, turn);
  }

  #goOn(): void {
    while (this.#opening < MAX_OPENING) {
      const turn = this.#known.take() ?? this.#strangers.take();
      if (turn === undefined) return;
      const socket = turn.open();
      if (socket !== undefined) this.#watch(socket);
    }
  }

  /** Until the PBX has accepted it, as far as can be seen from here. */
  #watch(socket: Socket): void {
    this.#opening += 1;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#opening -= 1;
      this.#goOn();
    };
    let timer = setTimeout(end, GIVEN_UP_AFTER_MS);
    socket.once("connect", () => {
      if (isOver) return;
      clearTimeout(timer);
      timer = setTimeout(end, SETTLED_AFTER_MS);
    });
    socket.once("data", end);
    socket.once("close", end);
  }
}
