// Queries over a server: previews, explanations, checks, and why one customer matches.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { Json } from "../../graphql/segment/extended-json.js";
import type { QueryExplanation } from "../../query/estimates/cost.js";
import type { Clause } from "../../why/clauses.js";
import type { CustomerListing } from "../query/listed-customer.js";
import type { ShownExplanation, ShownNearest } from "../query/shown-answers.js";
import type { ServerClient } from "./client.js";
import {
  type CustomerConnection,
  connectionOf,
  listOfServer,
  pageArguments,
  pageVariables,
  type ReadPage,
} from "./customers.js";

export const diagnosticFields = `{ code severity message expected span { start end line column }
  fix { replacement span { start end line column } } }`;

/** A diagnostic as the API returns it: `fix` is null if there is none. */
export type DiagnosticNode = Omit<Diagnostic, "fix"> & { readonly fix: Diagnostic["fix"] | null };

export function diagnosticOf({ code, severity, message, span, expected, fix }: DiagnosticNode): Diagnostic {
  return { code, severity, message, span, expected, ...(fix ? { fix } : {}) };
}

export interface ServerPreview {
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: Date;
  readonly answer: CustomerListing;
}

/** @param asOf the instant to answer for, in milliseconds since the epoch. */
export async function previewOnServer(
  { ask }: ServerClient,
  query: string,
  asOf: number | undefined,
): Promise<ServerPreview> {
  const { segmentPreview } = await ask<{
    segmentPreview: { diagnostics: readonly DiagnosticNode[]; asOf: string };
  }>(
    `query ($query: String!, $asOf: DateTime) {
      segmentPreview(query: $query, asOf: $asOf) { asOf diagnostics ${diagnosticFields} } }`,
    { query, asOf: momentOf(asOf) },
  );
  // All pages are for the same instant.
  const moment = segmentPreview.asOf;
  const readPage: ReadPage = async <Node>(fields: string, page: object) => {
    const answer = await ask<{ segmentPreview: { customers: CustomerConnection<Node> } }>(
      `query ($query: String!, $asOf: DateTime, ${pageVariables}) { segmentPreview(query: $query, asOf: $asOf) {
        customers(${pageArguments}) ${connectionOf(fields)} } }`,
      { query, asOf: moment, ...page },
    );
    return answer.segmentPreview.customers;
  };
  const count = async (): Promise<number> => {
    const answer = await ask<{ segmentPreview: { count: number } }>(
      `query ($query: String!, $asOf: DateTime) { segmentPreview(query: $query, asOf: $asOf) { count } }`,
      { query, asOf: moment },
    );
    return answer.segmentPreview.count;
  };
  return {
    diagnostics: segmentPreview.diagnostics.map(diagnosticOf),
    asOf: new Date(moment),
    answer: listOfServer(readPage, count),
  };
}

export function momentOf(asOf: number | undefined): string | undefined {
  return asOf === undefined ? undefined : new Date(asOf).toISOString();
}

export interface CheckedOnServer {
  readonly canonical: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a query; with `values`, also warns of values that no customer has. */
export async function checkOnServer(
  { ask }: ServerClient,
  query: string,
  { asOf, values }: { readonly asOf?: number | undefined; readonly values: boolean },
): Promise<CheckedOnServer> {
  const { segmentQuery } = await ask<{
    segmentQuery: { canonical: string | null; diagnostics: readonly DiagnosticNode[] };
  }>(
    `query ($query: String!, $asOf: DateTime, $values: Boolean!) {
      segmentQuery(query: $query, asOf: $asOf, values: $values) { canonical diagnostics ${diagnosticFields} } }`,
    { query, asOf: momentOf(asOf), values },
  );
  return {
    canonical: segmentQuery.canonical ?? undefined,
    diagnostics: segmentQuery.diagnostics.map(diagnosticOf),
  };
}

/** The aggregation pipeline of a valid query, as Extended JSON. */
export async function pipelineOfServer(
  { ask }: ServerClient,
  query: string,
  asOf: number | undefined,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly pipeline: Json }> {
  const { segmentPreview } = await ask<{
    segmentPreview: { pipeline: Json; diagnostics: readonly DiagnosticNode[] };
  }>(
    `query ($query: String!, $asOf: DateTime) {
      segmentPreview(query: $query, asOf: $asOf) { pipeline diagnostics ${diagnosticFields} } }`,
    { query, asOf: momentOf(asOf) },
  );
  return { pipeline: segmentPreview.pipeline, diagnostics: segmentPreview.diagnostics.map(diagnosticOf) };
}

interface ExplanationNode {
  readonly canonical: string;
  readonly pipeline: unknown;
  readonly activity: string;
  readonly customers: number;
  readonly estimatedMembers: number;
  readonly events: {
    readonly strategy: string;
    readonly costs: readonly { readonly strategy: string; readonly cost: number }[];
    readonly customers: number;
    readonly joined: number;
    readonly records: number;
    readonly groups: number;
  } | null;
  readonly indexes: readonly string[];
  readonly rowsRead: number | null;
  readonly rowsReturned: number | null;
  readonly sql: string | null;
  readonly steps: readonly Readonly<Record<string, string | number | null>>[];
}

const explanationFields = `{ canonical pipeline activity customers estimatedMembers
  events { strategy costs { strategy cost } customers joined records groups }
  indexes rowsRead rowsReturned sql steps { name collection index rowsRead rowsReturned } }`;

/** What a query costs on the server. @throws ServerRefusal with the query's diagnostics. */
export async function explainOnServer(
  { ask }: ServerClient,
  query: string,
  asOf: number | undefined,
): Promise<ShownExplanation> {
  const { segmentExplain } = await ask<{ segmentExplain: ExplanationNode }>(
    `query ($query: String!, $asOf: DateTime) { segmentExplain(query: $query, asOf: $asOf) ${explanationFields} }`,
    { query, asOf: momentOf(asOf) },
  );
  const { activity, events, rowsRead, rowsReturned, sql, steps, ...explanation } = segmentExplain;
  return {
    ...explanation,
    activity: activity.toLowerCase() as QueryExplanation["activity"],
    ...(events === null ? {} : { events: eventsOf(events) }),
    steps: steps.map(withoutNulls) as unknown as QueryExplanation["steps"],
    ...(rowsRead === null ? {} : { rowsRead }),
    ...(rowsReturned === null ? {} : { rowsReturned }),
    ...(sql === null ? {} : { sql }),
  };
}

function eventsOf(node: NonNullable<ExplanationNode["events"]>): NonNullable<ShownExplanation["events"]> {
  type Events = NonNullable<ShownExplanation["events"]>;
  const strategyOf = (strategy: string): Events["strategy"] => strategy.toLowerCase() as Events["strategy"];
  const { strategy, costs, ...estimate } = node;
  return {
    strategy: strategyOf(strategy),
    estimate,
    costs: costs.map(({ strategy: each, cost }) => ({ strategy: strategyOf(each), cost })),
  };
}

function withoutNulls<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<Values>;
}

interface ClauseNode {
  readonly index: number;
  readonly parent: number | null;
  readonly kind: string;
  readonly holds: boolean;
  readonly text: string;
  readonly sentence: string;
  readonly segment: string | null;
  readonly actual: string | null;
  readonly expected: string | null;
  readonly span: Clause["span"];
}

export interface ServerWhy {
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: number;
  readonly canonical: string | undefined;
  readonly clause: Clause | undefined;
  readonly nearest: ShownNearest | undefined;
}

const whyQuery = `query ($query: String!, $customer: String!, $asOf: DateTime) {
  segmentWhy(query: $query, customer: { sourceId: $customer }, asOf: $asOf) {
    diagnostics ${diagnosticFields} asOf canonical
    clauses { index parent kind holds text sentence segment actual expected span { start end line column } }
    nearest { sentences reason } } }`;

/** Why a customer matches a query, or does not. @throws ServerRefusal if there is no such customer. */
export async function whyOnServer(
  { ask }: ServerClient,
  query: string,
  customer: string,
  asOf: number | undefined,
): Promise<ServerWhy> {
  const { segmentWhy } = await ask<{
    segmentWhy: {
      readonly diagnostics: readonly DiagnosticNode[];
      readonly asOf: string;
      readonly canonical: string | null;
      readonly clauses: readonly ClauseNode[];
      readonly nearest: { readonly sentences: readonly string[]; readonly reason: string | null } | null;
    };
  }>(whyQuery, { query, customer, asOf: momentOf(asOf) });
  const { diagnostics, canonical, clauses, nearest } = segmentWhy;
  return {
    diagnostics: diagnostics.map(diagnosticOf),
    asOf: Date.parse(segmentWhy.asOf),
    canonical: canonical ?? undefined,
    clause: clauses.length === 0 ? undefined : clauseOf(clauses[0]!, clauses),
    nearest: nearest === null ? undefined : nearestOf(nearest),
  };
}

function clauseOf(node: ClauseNode, all: readonly ClauseNode[]): Clause {
  const { kind, holds, text, span, sentence, actual, expected, segment } = node;
  return {
    kind: kind.toLowerCase() as Clause["kind"],
    holds,
    text,
    span,
    sentence,
    ...(actual === null ? {} : { actual }),
    ...(expected === null ? {} : { expected }),
    ...(segment === null ? {} : { segment }),
    clauses: all.filter(({ parent }) => parent === node.index).map((part) => clauseOf(part, all)),
  };
}

function nearestOf({
  sentences,
  reason,
}: {
  readonly sentences: readonly string[];
  readonly reason: string | null;
}): ShownNearest {
  return reason === null ? { sentences } : { reason, sentences };
}
