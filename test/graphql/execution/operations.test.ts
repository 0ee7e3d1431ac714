// Every example operation is answered by the executor as by graphql-js, each over a service of its own with the same world.
import { type ExecutionResult, execute as executeByReference, type GraphQLSchema, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executor } from "../../../src/graphql/execution/execute.js";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { type RequestContext, requestContext } from "../../../src/graphql/server/context.js";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { exampleFiles, exampleText, variablesOf } from "../operations/examples.js";
import { type RunningService, runService } from "../running-service.js";

interface Side {
  readonly service: RunningService;
  readonly segment: string;
}

let schema: GraphQLSchema;
let ours: Side;
let reference: Side;
beforeAll(async () => {
  schema = graphqlSchema();
  [ours, reference] = await Promise.all([newSide(), newSide()]);
});
afterAll(async () => {
  await ours.service.stop();
  await reference.service.stop();
});

async function newSide(): Promise<Side> {
  const service = await runService();
  const made = await createAutoUpdate(service.engine, "default", { name: "Poles", query: "country is PL" });
  await settle(service.engine, "default");
  return { service, segment: globalId("Segment", made.segment_id) };
}

function contextOf({ service }: Side, signal = new AbortController().signal): RequestContext {
  const caller = { kind: "open", id: "open", scopes: new Set(["admin", "write", "read"]) } as const;
  return requestContext({ engine: service.engine, project: "default", signal, caller: caller as never });
}

type Variables = (side: Side) => object;

async function answers(
  text: string,
  variables: Variables,
  signal?: AbortSignal,
): Promise<readonly [string, string]> {
  const document = parse(text);
  const execute = executor(schema);
  const one = await execute({
    document,
    variables: { ...variables(ours) },
    context: contextOf(ours, signal),
  });
  const other = await executeByReference({
    schema,
    document,
    variableValues: { ...variables(reference) },
    contextValue: contextOf(reference, signal),
  });
  return [shown(one, ours), shown(other, reference)];
}

/** Ids of segments, of transitions and of jobs, signed addresses, cursors, and how long something took, differ from service to service. */
function shown(result: ExecutionResult, { segment }: Side): string {
  return JSON.stringify(result, undefined, 1)
    .replaceAll(segment, "SEGMENT")
    .replace(/"(id|path|cursor|endCursor|startCursor)": "[^"]+"/g, '"$1": "…"')
    .replace(/"tookMs": [\d.]+/g, '"tookMs": 0');
}

describe("an example operation", () => {
  // Jobs of one instant are listed in any order, and here the clock stands still.
  const queries = exampleFiles.filter((file) => !["segment-changes.graphql", "jobs.graphql"].includes(file));
  it.each(queries)("%s has the same answer", async (file) => {
    const [one, other] = await answers(exampleText(file), ({ segment }) => variablesOf(segment, file));
    expect(JSON.parse(one).data).toBeTruthy();
    expect(one).toBe(other);
  });
});

describe("an operation with errors", () => {
  it.each<[string, string, object?]>([
    ["an unknown customer", '{ customer(by: { sourceId: "nobody" }) { id } }'],
    ["an id of another type", '{ order(by: { id: "c3RyYW5nZXI" }) { id } a: segments { totalCount } }'],
    [
      "a page that is too large",
      "{ customers(first: 5000) { nodes { id } } orders(first: 1) { totalCount } }",
    ],
    ["a cursor of nowhere", '{ customers(first: 1, after: "nowhere") { nodes { id } } }'],
    [
      "a variable of a wrong type",
      "query ($first: Int!) { customers(first: $first) { totalCount } }",
      { first: "x" },
    ],
    ["a variable that is missing", "query ($first: Int!) { customers(first: $first) { totalCount } }", {}],
    [
      "two of a oneOf input",
      "query ($by: CustomerByInput!) { customer(by: $by) { id } }",
      { by: { id: "a", sourceId: "b" } },
    ],
    [
      "a mutation whose first field fails",
      'mutation { a: webhookCreate(input: { url: "nowhere", segmentIds: ["x"] }) { webhook { id } } b: consentDefine(input: { names: [""] }) { userErrors { field code message } } }',
    ],
  ])("%s: the same errors", async (_, text, variables = {}) => {
    const [one, other] = await answers(text, () => variables);
    expect(one).toBe(other);
  });

  it("a request that was aborted: the same errors", async () => {
    const signal = AbortSignal.abort(new Error("The client went away."));
    const text =
      '{ segmentPreview(query: "country is PL") { count customers { nodes { id } } } orders { totalCount } }';
    const [one, other] = await answers(text, () => ({}), signal);
    expect(one).toBe(other);
    expect(JSON.parse(one).errors).toContainEqual(
      expect.objectContaining({ message: "The client went away." }),
    );
  });
});

it("introspection is the same", async () => {
  const { getIntrospectionQuery } = await import("graphql");
  const [one, other] = await answers(getIntrospectionQuery({ oneOf: true } as never), () => ({}));
  expect(one).toBe(other);
  expect(one.length).toBeGreaterThan(100_000);
});
