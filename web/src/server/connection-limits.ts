/** How many connections there may be: in all, and from one source, so that nobody takes all of them. */
import type { Socket } from "node:net";
import { parseAddress, sourceOf } from "@sipprot/shared/address";

/** Connections at once; each costs some 100 KiB with TLS. */
const MAX_CONNECTIONS = 1000;
/** From one source: an office of administrators behind one address, with many pages open each. */
const MAX_A_SOURCE = 100;

export class ConnectionLimits {
  readonly #sockets = new Set<Socket>();
  readonly #bySource = new Map<string, number>();

  /** Takes a connection in, or cuts it off and returns false. */
  admit(socket: Socket): boolean {
    const source = sourceOf(parseAddress((socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/i, "")) ?? "0.0.0.0");
    const ofSource = this.#bySource.get(source) ?? 0;
    if (this.#sockets.size >= MAX_CONNECTIONS || ofSource >= MAX_A_SOURCE) {
      socket.destroy();
      return false;
    }
    this.#sockets.add(socket);
    this.#bySource.set(source, ofSource + 1);
    socket.on("close", () => {
      this.#sockets.delete(socket);
      const left = (this.#bySource.get(source) ?? 1) - 1;
      if (left === 0) this.#bySource.delete(source);
      else this.#bySource.set(source, left);
    });
    return true;
  }

  /** Cuts off what is left. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
