// `segmentql compile`: the MongoDB aggregation pipeline of a query.
import { checkQuery } from "../../check/check.js";
import { extendedJson, fromExtendedJson } from "../../graphql/segment/extended-json.js";
import { compilePlan } from "../../pipeline/compile.js";
import type { Pipeline } from "../../pipeline/stage.js";
import type { Plan } from "../../plan/plan.js";
import { answerPlan } from "../../query/preview.js";
import { bindNode } from "../../query/products.js";
import { parseAsOf } from "../instant.js";
import type { ServerClient } from "../server/client.js";
import { definitionOfServer } from "../server/definition.js";
import { pipelineOfServer } from "../server/queries.js";
import { clientOf } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { type NamesOptions, withNames } from "./known-names.js";
import { mongoshCommand } from "./mongosh.js";
import { queryText } from "./query-input.js";

export interface CompileCommandOptions extends NamesOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function compileCommand(
  argument: string | undefined,
  options: CompileCommandOptions,
): Promise<void> {
  const source = await queryText(argument);
  const client = options.definition === undefined ? clientOf(options) : undefined;
  const pipeline =
    client === undefined ? await compiled(source, options) : await pipelineOver(client, source, options);
  print(
    options.json ? JSON.stringify(extendedJson(pipeline), null, 2) : mongoshCommand("customers", pipeline),
  );
}

function compiled(source: string, options: CompileCommandOptions): Promise<Pipeline> {
  return withNames(options, source, async ({ catalog, now, engine }) => {
    const asOf = options.asOf === undefined ? now : parseAsOf(options.asOf, catalog.timezone);
    const { plan, canonical, diagnostics } = checkQuery(source, catalog, asOf);
    refuseWrongQuery(source, diagnostics);
    return engine === undefined
      ? withoutData(plan!, now)
      : (await answerPlan(engine, plan!, canonical!, { now })).pipeline();
  });
}

async function pipelineOver(
  client: ServerClient,
  source: string,
  { asOf: written }: CompileCommandOptions,
): Promise<Pipeline> {
  const asOf =
    written === undefined ? undefined : parseAsOf(written, (await definitionOfServer(client)).timezone);
  const { diagnostics, pipeline } = await pipelineOfServer(client, source, asOf);
  refuseWrongQuery(source, diagnostics);
  return fromExtendedJson(pipeline);
}

/** The pipeline for an empty store: product texts name no products, and summaries are true now. */
function withoutData(plan: Plan, now: number): Pipeline {
  const bound = { ...plan, where: bindNode(plan.where, new Map()) };
  return compilePlan(bound, plan.asOf === now ? "summary" : "records");
}
