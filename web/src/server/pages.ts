/** The pages: Next.js behind a Unix socket that only this server opens. */
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import next from "next";

/** Its types speak of a CommonJS module's `default`; what Node imports is the function itself. */
const createPages = next as unknown as typeof next.default;

export interface Pages {
  readonly socketPath: string;
  readonly stop: () => void;
}

/** Gets the built pages ready. Throws when they were not built. */
export async function openPages(webFolder: string, socketPath: string): Promise<Pages> {
  const app = createPages({ dev: false, dir: webFolder });
  await app.prepare();
  const render = app.getRequestHandler();
  const server = createServer((asked, answer) => void render(asked, answer).catch(() => answer.destroy()));
  // Left by a server that was killed.
  rmSync(socketPath, { force: true });
  server.listen(socketPath);
  await once(server, "listening");
  return {
    socketPath,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
