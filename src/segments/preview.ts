// A query's answer, before anybody saves it: is it right, how many, who.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { advanceSummaries, summarySpan } from "../activity/summaries.js";
import { catalogOf } from "../catalog/catalog.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import { type ActivitySource, compilePlan } from "../pipeline/compile.js";
import { bindProducts } from "../pipeline/products.js";
import { findProject } from "../projects/projects.js";
import type { CustomerDocument } from "../store/documents.js";
import type { Pipeline, ReadOptions } from "../store/port.js";
import { type CustomerPage, type PageRequest, pageOfCustomers } from "./page.js";

export interface PreviewRequest {
  /** A sentence of the segment language. */
  readonly query: string;
  /** The instant to answer for, in milliseconds since the epoch; now where it is left out. */
  readonly asOf?: number;
  /**
   * Where activity is read from: the summary on the customer, or the records. By default the summary where it is true
   * of `asOf`, else the records; both give the same answer there.
   */
  readonly activity?: ActivitySource;
}

export interface Preview {
  readonly diagnostics: readonly Diagnostic[];
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Undefined where the query has errors. */
  readonly answer?: PreviewAnswer;
}

export interface PreviewAnswer {
  /** The query in its one canonical form. */
  readonly canonical: string;
  /** Runs on the collection `customers`. */
  readonly pipeline: Pipeline;
  readonly count: (options?: ReadOptions) => Promise<number>;
  /** @throws CursorError where `after` is no cursor of such a page. */
  readonly customers: (request: PageRequest, options?: ReadOptions) => Promise<CustomerPage>;
  /** Every member's source id, ascending; at most `limit`. */
  readonly sourceIds: (limit?: number, options?: ReadOptions) => Promise<readonly string[]>;
}

/** Checks a query against a project's catalogue and, where it is right, compiles it. Reads nothing of the customers yet. */
export async function previewSegment(
  engine: Engine,
  project: string,
  request: PreviewRequest,
): Promise<Preview> {
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const definition = await findProject(engine, project);
  const checked = checkQuery(request.query, catalogOf(definition), asOf);
  if (checked.plan === undefined) return { diagnostics: checked.diagnostics, asOf };
  const plan = await bindProducts(engine.store, checked.plan);
  const activity = request.activity ?? (await activityFor(engine, project, asOf, now));
  const pipeline = compilePlan(plan, activity);
  return {
    diagnostics: checked.diagnostics,
    asOf,
    answer: {
      canonical: checked.canonical,
      pipeline,
      count: async (options) => {
        const rows = await engine.store.aggregate<{ count: number }>(
          "customers",
          [...pipeline, { $count: "count" }],
          options,
        );
        return rows[0]?.count ?? 0;
      },
      customers: (page, options) => pageOfCustomers(engine.store, pipeline, page, options),
      sourceIds: async (limit, options) => {
        const rows = await engine.store.aggregate<Pick<CustomerDocument, "source_id">>(
          "customers",
          [
            ...pipeline,
            { $sort: { source_id: 1 } },
            ...(limit === undefined ? [] : [{ $limit: limit }]),
            { $project: { source_id: 1 } },
          ],
          options,
        );
        return rows.map((row) => row.source_id);
      },
    },
  };
}

/**
 * Which source of activity is true of `asOf`. A summary holds what is true now: every dated record up to now and none
 * after, so it is true of every instant from the latest record it counts to just before the next that it does not.
 */
async function activityFor(
  engine: Engine,
  project: string,
  asOf: number,
  now: number,
): Promise<ActivitySource> {
  let span = await summarySpan(engine, project);
  if (span.next !== undefined && span.next <= now) {
    await advanceSummaries(engine, project, now);
    span = await summarySpan(engine, project);
  }
  const reached = span.latest === undefined || span.latest <= asOf;
  const passed = span.next !== undefined && span.next <= asOf;
  return reached && !passed ? "summary" : "records";
}
