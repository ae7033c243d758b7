/** Holds calls that came after the session ended until somebody has signed in again: nothing typed is lost. */

type Outcome = "signed-in" | "given-up";

/** One a page. Closed while the session holds. */
export class SessionGate {
  readonly #listeners = new Set<() => void>();
  #waiting: Array<(outcome: Outcome) => void> = [];

  /** True while calls wait: the sign-in dialog is to be shown. */
  readonly isOpen = (): boolean => this.#waiting.length > 0;

  /** Called by who shows the dialog; returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Waits until somebody has signed in, or has closed the dialog. */
  wait(): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#tell();
    });
  }

  /** Lets the held calls go: again, or with their error. */
  settle(outcome: Outcome): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(outcome);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
