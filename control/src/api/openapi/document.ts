/** The OpenAPI description of the procedures as they are served, made from their own schemas. */
import { errorCodes } from "@sipprot/shared/errors";
import { guardKinds } from "@sipprot/shared/guard";
import { z } from "zod";
import { liveEvents } from "../live-output.ts";
import { procedures } from "../procedures.ts";
import type { ProcedureMeta, Right } from "../right.ts";
import { type ProcedurePath, summaries } from "./summaries.ts";

type Json = Readonly<Record<string, unknown>>;

/** What tRPC keeps of a procedure. */
interface Definition {
  readonly type: "query" | "mutation" | "subscription";
  readonly inputs: readonly z.ZodType[];
  readonly output: z.ZodType;
  readonly meta: ProcedureMeta;
}

/** As `describeError` makes it. */
const errorSchema = z.strictObject({
  code: z.int().meta({ description: "JSON-RPC's number of the kind of error" }),
  message: z.string().meta({ description: "One English sentence, for logs; translate by data.code" }),
  data: z.strictObject({
    code: z.enum(errorCodes),
    httpStatus: z.int(),
    path: z.string().optional(),
    facts: z.strictObject({
      field: z.string().optional(),
      value: z.string().optional(),
      expected: z.string().optional(),
      remedy: z.string().optional(),
      waitMs: z.number().meta({ description: "Worth trying again after this" }).optional(),
      guard: z
        .strictObject({ kind: z.enum(guardKinds), network: z.string().optional() })
        .meta({ description: "What must not be put on the list, and why; with guarded-network" })
        .optional(),
    }),
    fields: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  }),
});

const description = `Every query is a GET with its input as JSON in the parameter \`input\`; every mutation a POST with its
input as the JSON body. What is asked for is in \`result.data\`; an error has a code that does not change and says what to
do. The subscription is a stream of server-sent events.

Several calls may travel in one request: their names parted by commas, \`?batch=1\`, the inputs as an object with the
keys "0", "1" …; the answer is an array. No token is ever taken from an address.`;

/** The document; the same for every installation of this version, and without a secret. */
export function describeProcedures(version: string): Json & { readonly paths: Json } {
  const paths = Object.fromEntries(
    Object.entries(procedures).flatMap(([noun, verbs]) =>
      Object.entries(verbs).map(([verb, procedure]) => {
        const definition = procedure._def as unknown as Definition;
        const method = definition.type === "mutation" ? "post" : "get";
        const path = `${noun}.${verb}` as ProcedurePath;
        return [`/${path}`, { [method]: describeOne(path, noun, definition) }];
      }),
    ),
  );
  return {
    openapi: "3.1.1",
    info: { title: "sipprot", version, description, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "/api/trpc" }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.keys(procedures).map((name) => ({ name })),
    paths,
    components: {
      schemas: {
        Error: { type: "object", properties: { error: schemaOf(errorSchema, "output") }, required: ["error"] },
      },
      responses: { Error: { description: "It was not done", ...jsonContent({ $ref: "#/components/schemas/Error" }) } },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "From: sipprot token create" },
        session: { type: "apiKey", in: "cookie", name: "__Host-sipprot", description: "Of a person, by auth.signIn" },
      },
    },
  };
}

function describeOne(path: ProcedurePath, noun: string, { type, inputs, output, meta }: Definition): Json {
  return {
    operationId: path,
    tags: [noun],
    summary: summaries[path],
    description: rightTexts[meta.right],
    ...(meta.right === "anyone" ? { security: [] } : {}),
    ...(meta.right === "self" || meta.right === "settled self" ? { security: [{ session: [] }] } : {}),
    ...describeInput(type, inputs[0]),
    responses: {
      "200":
        type === "subscription" ? describeStream(output) : { description: "Done", ...jsonContent(resultOf(output)) },
      default: { $ref: "#/components/responses/Error" },
    },
  };
}

const rightTexts: Record<Right, string> = {
  anyone: "Needs no sign-in.",
  self: "For the person who is signed in; not with a token.",
  "settled self": "For the person who is signed in, with a password of their own; not with a token.",
  viewer: "Needs the role viewer.",
  operator: "Needs the role operator.",
  administrator: "Needs the role administrator.",
};

function describeInput(type: Definition["type"], input: z.ZodType | undefined): Json {
  if (input === undefined) return {};
  const required = !input.safeParse(undefined).success;
  const content = jsonContent(schemaOf(input, "input"));
  if (type === "mutation") return { requestBody: { required, ...content } };
  const parameters: Json[] = [{ name: "input", in: "query", required, ...content }];
  if (type === "subscription") {
    const schema = { type: "string" };
    parameters.push({ name: "Last-Event-ID", in: "header", description: "Goes on after this event", schema });
  }
  return { parameters };
}

function resultOf(output: z.ZodType): Json {
  const isNothing = output instanceof z.ZodVoid;
  // An answer that may be nothing has no data then: JSON does not write what is undefined.
  const required = output.safeParse(undefined).success ? {} : { required: ["data"] };
  const result = isNothing
    ? { type: "object", additionalProperties: false }
    : { type: "object", properties: { data: schemaOf(output, "output") }, ...required };
  return { type: "object", properties: { result }, required: ["result"] };
}

/** JSON Schema has no word for a stream: the messages are told in prose, the data of one by an extension. */
function describeStream(output: z.ZodType): Json {
  const event = liveEvents.get(output);
  if (event === undefined) throw new Error("a subscription's output is not made by liveOutput");
  const schema = {
    type: "string",
    description:
      "Messages without an event name carry an id and, in data, what x-event-data shows; the first may be empty. " +
      "`connected` and `ping` are signs of life, `serialized-error` carries an error, `return` is the end. " +
      "A stream is ended after five minutes: come back with the last id.",
    "x-event-data": schemaOf(event, "output"),
  };
  return { description: "The stream", content: { "text/event-stream": { schema } } };
}

function jsonContent(schema: Json): Json {
  return { content: { "application/json": { schema } } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  return json;
}
