/** A file on its way to a list: first a trial that says what would become of it, then the work itself. */
import type { FileReport } from "@sipprot/shared/list-file";
import type { ListName } from "@sipprot/shared/lists";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "../../trpc/trpc.ts";
import { sendFile } from "./send-file.ts";

/** What a file is chosen for. */
export type FileWorkKind = "import" | "removal";

export type FileWorkState =
  | { readonly step: "choose"; readonly error?: unknown }
  | { readonly step: "trying" | "working"; readonly file: File; readonly sentBytes: number }
  | { readonly step: "tried" | "done"; readonly file: File; readonly report: FileReport };

export interface FileWork {
  readonly state: FileWorkState;
  readonly choose: (file: File) => Promise<void>;
  readonly run: () => Promise<void>;
  /** Stops what is under way, and begins anew. */
  readonly reset: () => void;
}

export function useFileWork(list: ListName, kind: FileWorkKind, onDone: (report: FileReport) => void): FileWork {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [state, setState] = useState<FileWorkState>({ step: "choose" });
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const send = async (file: File, step: "trying" | "working"): Promise<FileReport | undefined> => {
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    setState({ step, file, sentBytes: 0 });
    const onProgress = (sentBytes: number) => {
      if (!signal.aborted) setState({ step, file, sentBytes });
    };
    try {
      const purpose = step === "trying" ? (`${kind}-trial` as const) : kind;
      const report = await sendFile(client, { list, purpose, file, onProgress, signal });
      return signal.aborted ? undefined : report;
    } catch (error) {
      if (!signal.aborted) setState({ step: "choose", error });
      return undefined;
    } finally {
      if (step === "working") {
        void queries.invalidateQueries(trpc.lists.pathFilter());
        void queries.invalidateQueries(trpc.blocks.pathFilter());
      }
    }
  };
  const choose = async (file: File) => {
    const report = await send(file, "trying");
    if (report !== undefined) setState({ step: "tried", file, report });
  };
  const run = async () => {
    if (state.step !== "tried") return;
    const { file } = state;
    const report = await send(file, "working");
    if (report === undefined) return;
    setState({ step: "done", file, report });
    onDone(report);
  };
  const reset = () => {
    abort.current?.abort();
    setState({ step: "choose" });
  };
  return { state, choose, run, reset };
}
