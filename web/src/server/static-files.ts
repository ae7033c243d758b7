/** The built scripts and styles, held in memory as they were compressed at the build: no request touches the disk. */
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { extname } from "node:path";
import type { Answering } from "./exchange.ts";

/** Where they are in the browser's eyes; their names change with their content. */
export const STATIC_PATH = "/_next/static/";

const kinds: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

interface StaticFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly brotli: Buffer | undefined;
}

export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** Reads all files of a folder and those below it; `.br` beside a file is the same, compressed. */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = kinds[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    files.set(`${STATIC_PATH}${path.slice(folder.length + 1)}`, {
      type,
      plain: readFileSync(path),
      brotli: readIfThere(`${path}.br`),
    });
  }
  return files;
}

/** Answers with a file. False when there is none of that path. */
export function answerStatic(
  files: StaticFiles,
  path: string,
  accepted: IncomingMessage["headers"]["accept-encoding"],
  answer: Answering,
  isHead: boolean,
): boolean {
  const file = files.get(decodePath(path));
  if (file === undefined) return false;
  const isBrotli = file.brotli !== undefined && /\bbr\b/.test(String(accepted ?? ""));
  const body = isBrotli && file.brotli !== undefined ? file.brotli : file.plain;
  answer.writeHead(200, {
    "content-type": file.type,
    "content-length": body.length,
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
    ...(isBrotli ? { "content-encoding": "br" } : {}),
  });
  answer.end(isHead ? undefined : body);
  return true;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
