/** Sends a CSV file to a list in pieces, and tells how far it is. */
import type { FilePurpose } from "@sipprot/shared/list-desk";
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListName } from "@sipprot/shared/lists";
import { patiently } from "../../trpc/patiently.ts";
import type { useTRPCClient } from "../../trpc/trpc.ts";

/** A piece fits in a request as base64, and is read in a moment. */
const PIECE_BYTES = 256 * 1024;

export interface SentFile {
  readonly list: ListName;
  readonly purpose: FilePurpose;
  readonly file: Blob;
  /** Bytes sent so far. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Resolves with what became of every line. Throws what the server says; what came before is done. */
export async function sendFile(
  client: ReturnType<typeof useTRPCClient>,
  { list, purpose, file, onProgress, signal }: SentFile,
): Promise<FileReport> {
  const { file: id } = await client.lists.fileBegin.mutate({ list, purpose });
  for (let number = 0; number * PIECE_BYTES < file.size; number += 1) {
    signal.throwIfAborted();
    const piece = file.slice(number * PIECE_BYTES, (number + 1) * PIECE_BYTES);
    const data = await toBase64(piece);
    await patiently(() => client.lists.filePush.mutate({ file: id, number, data }, { signal }));
    onProgress(number * PIECE_BYTES + piece.size);
  }
  signal.throwIfAborted();
  return client.lists.fileEnd.mutate({ file: id });
}

/** The browser's own way, off the page's thread. */
function toBase64(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(piece);
  });
}
