/** The procedures of lists and blocks, called without a server on a real Redis; the audit trail is kept in memory. */
import type { NewAuditRecord } from "@sipprot/shared/audit";
import type { SipprotError } from "@sipprot/shared/errors";
import type { FilePurpose } from "@sipprot/shared/list-desk";
import type { TRPCError } from "@trpc/server";
import type { Redis } from "ioredis";
import type { Context, Services } from "../../control/src/api/context.ts";
import { createCaller } from "../../control/src/api/root.ts";
import { createBlocksService } from "../../control/src/services/block-desk.ts";
import { createListsService } from "../../control/src/services/list-desk.ts";
import { MirrorKeeper } from "../../control/src/services/store-mirror.ts";
import { startTestRedis, type TestRedis } from "./redis-server.ts";

export class CalledLists {
  readonly audited: NewAuditRecord[] = [];
  readonly redis: Redis;
  readonly #store: TestRedis;
  keeper: MirrorKeeper;
  #services: Services;

  private constructor(store: TestRedis, redis: Redis) {
    this.#store = store;
    this.redis = redis;
    this.keeper = this.#openKeeper();
    this.#services = this.#makeServices();
  }

  static async start(name: string): Promise<CalledLists> {
    const store = await startTestRedis(name);
    return new CalledLists(store, await store.open());
  }

  /** An empty store, and nothing known of it. */
  async reset(): Promise<void> {
    await this.keeper.close();
    await this.redis.flushall();
    this.audited.length = 0;
    this.keeper = this.#openKeeper();
    this.#services = this.#makeServices();
  }

  async close(): Promise<void> {
    await this.keeper.close();
    await this.#store.close();
  }

  /** The procedures as an operator of this name calls them, from 203.0.113.77. */
  callAs(name: string, nowMs = Date.now()): ReturnType<typeof createCaller> {
    const context: Context = {
      caller: { name, role: "operator", mustChangePassword: false },
      address: "203.0.113.77",
      agent: "test",
      cookies: { set: () => undefined, clear: () => undefined },
      services: this.#services,
      nowMs: () => nowMs,
      onTrouble: () => undefined,
    };
    return createCaller(context);
  }

  /** Sends a text as a file, in pieces. */
  async sendFile(text: string, list: "allow" | "deny", purpose: FilePurpose, pieceBytes = 100) {
    const call = this.callAs("user:alice");
    const { file } = await call.lists.fileBegin({ list, purpose });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const data = bytes.subarray(at, at + pieceBytes).toString("base64");
      const piece = { file, number: at / pieceBytes, data };
      await call.lists.filePush(piece);
      // Sent twice, as a client does that lost the answer.
      if (at === 0) await call.lists.filePush(piece);
    }
    return call.lists.fileEnd({ file });
  }

  #openKeeper(): MirrorKeeper {
    return new MirrorKeeper(this.#store.location, () => undefined);
  }

  #makeServices(): Services {
    const own = () => [{ network: "203.0.113.10", what: "an address of the PBX", kind: "pbx" as const }];
    // Only what lists and blocks call is there.
    return {
      lists: createListsService(this.redis, this.keeper, own, Date.now),
      blocks: createBlocksService(this.redis, this.keeper),
      audit: { write: async (record: NewAuditRecord) => this.audited.push(record) },
    } as never;
  }
}

/** The code of the error, or `done`. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "done",
    (error: TRPCError) => (error.cause as SipprotError | undefined)?.code ?? error.code,
  );
