// A query prepared for explanations: the meaning of each part at any instant.
import type { Diagnostic } from "../../grammar/diagnostic.js";

import type { Catalog } from "../catalog/model.js";
import { checkParsed, checkQuery, parseQuery } from "../check/check.js";
import type { Checked } from "../check/expression.js";
import type { ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { eventTypesOf } from "../plan/fields.js";
import type { PlanNode } from "../plan/plan.js";
import { recentProject } from "../projects/projects.js";
import { segmentsIn, spellingsIn } from "./canonical-text.js";
import { catalogFor } from "./catalog.js";
import { reportedDiagnostics } from "./missing-values.js";
import { conditionPlans, type Part, withPlans } from "./part.js";
import { bindNode, readProductKeys } from "./products.js";

export interface Question {
  readonly definition: ProjectDocument;
  readonly catalog: Catalog;
  readonly canonical: string;
  /**
   * The query's parts with their meaning at an instant (milliseconds since the epoch); undefined if the query has no meaning
   * then.
   */
  readonly partAt: (asOf: number) => Part | undefined;
  /** The parts of the query of an auto-update segment that this query names; undefined for any other segment. */
  readonly ofSegment: (segmentId: string, asOf: number) => Part | undefined;
  /** The types of events that the query depends on, including those of the segments that it names. */
  readonly eventTypes: readonly string[];
  /** The keys of the products that the query depends on. */
  readonly products: readonly string[];
  /** The spellings of the values in the query, by their normalised form. */
  readonly spellings: ReadonlyMap<string, string>;
}

export type CheckedQuestion =
  | { readonly diagnostics: readonly Diagnostic[]; readonly question: Question }
  | { readonly diagnostics: readonly Diagnostic[]; readonly question?: undefined };

/** Checks a query against a project's catalogue, and prepares it for questions about several customers. */
export async function askQuestion(
  engine: Engine,
  project: string,
  text: string,
  asOf: number,
): Promise<CheckedQuestion> {
  const definition = await recentProject(engine, project);
  const catalog = await catalogFor(engine, definition, text);
  const whole = checkQuery(text, catalog, asOf);
  const { checked, canonical } = whole;
  const diagnostics = await reportedDiagnostics(engine, project, whole);
  if (checked === undefined) return { diagnostics };
  const inside = (segmentId: string, at: number): Checked | undefined => {
    const query = catalog.segments.byId.get(segmentId)?.query;
    if (query === undefined) return undefined;
    const parsed = parseQuery(query.canonical, query.tree.version);
    return checkParsed(query.canonical, parsed, catalog, at, { ofSegment: segmentId, isSaved: true }).checked;
  };
  const named = [...new Set(segmentsIn(checked.canonical))];
  const parts = [checked, ...named.map((id) => inside(id, asOf))].filter((each) => each !== undefined);
  const all: PlanNode = { kind: "and", operands: parts.map(({ plan }) => plan) };
  const keys = await readProductKeys(engine.store, project, all);
  const bound = (part: Checked): Part =>
    withPlans(
      part,
      conditionPlans(part).map((plan) => bindNode(plan, keys)),
    );
  const question: Question = {
    definition,
    catalog,
    canonical,
    partAt: (at) => {
      const again = at === asOf ? checked : checkQuery(text, catalog, at).checked;
      return again === undefined ? undefined : bound(again);
    },
    ofSegment: (segmentId, at) => {
      const part = named.includes(segmentId) ? inside(segmentId, at) : undefined;
      return part === undefined ? undefined : bound(part);
    },
    eventTypes: [...eventTypesOf(all)],
    products: [...new Set([...keys.values()].flat().map(({ from }) => String(from)))],
    spellings: new Map(parts.flatMap((each) => [...spellingsIn(each.canonical)])),
  };
  return { diagnostics, question };
}
