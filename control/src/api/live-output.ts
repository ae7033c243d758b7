/** The output of a subscription: a stream whose every event has an id and is checked as any other output is. */
import { isTrackedEnvelope, type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";

type LiveOutput<Out, In> = z.ZodType<AsyncIterable<TrackedEnvelope<Out>>, AsyncIterable<TrackedEnvelope<In>, void>>;

/** The events of each live output, for whoever describes the procedures: a stream's own schema cannot show them. */
export const liveEvents = new WeakMap<object, z.ZodType>();

/** The schema of a stream of tracked events. A client that comes back with the id of its last event goes on from there. */
export function liveOutput<Out, In>(event: z.ZodType<Out, In>): LiveOutput<Out, In> {
  const schema: LiveOutput<Out, In> = z
    .custom<AsyncIterable<TrackedEnvelope<In>, void>>(isAsyncIterable, "expected a stream")
    .transform((stream) => checkEach(stream, event));
  liveEvents.set(schema, event);
  return schema;
}

function isAsyncIterable(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** Ending this ends what it reads from. */
async function* checkEach<Out, In>(
  stream: AsyncIterable<TrackedEnvelope<In>, void>,
  event: z.ZodType<Out, In>,
): AsyncGenerator<TrackedEnvelope<Out>, void> {
  for await (const one of stream) {
    if (!isTrackedEnvelope<In>(one)) throw new Error("a live event came without an id");
    const [id, data] = one;
    yield tracked(id, await event.parseAsync(data));
  }
}
