/** Ends a TCP connection with a reset, now: without waiting for bytes that nobody takes, and without a FIN before it. */
import type { Socket } from "node:net";

/** The reset has left when this returns. */
export function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  // The first only marks it and waits until all is written; the second acts on the mark at once.
  socket.resetAndDestroy();
  socket.destroy();
}
