// The segments of one customer: of a stored one, or of a hypothetical one with a given profile.

import type { CatalogSegment, SegmentNames } from "../catalog/segments.js";
import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { isTrueOf } from "../facts/summarise.js";
import { eventTypesOf } from "../plan/fields.js";
import type { PlanNode } from "../plan/plan.js";
import { compilePredicate } from "../predicate/compile.js";
import { namesOf, readSegments } from "../query/catalog.js";
import { customerAt, customerWithRecords, readHistory } from "../query/customer-records.js";
import { hypotheticalCustomer } from "../query/hypothetical-customer.js";
import { bindProducts } from "../query/products.js";
import { planOf, withArchived } from "./read.js";
import { noSuchSegment, SegmentError } from "./segment-error.js";

/** The most segments that one question names. */
export const maxAsked = 1_000;

export interface Memberships {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** In the order of the request; by name if it names none. */
  readonly segments: readonly { readonly segment: CatalogSegment; readonly member: boolean }[];
  /** Segments whose query is no longer valid, so that their members are unknown. */
  readonly unanswerable: readonly CatalogSegment[];
}

/** The subject of the question. */
export type Person = { readonly customer: CustomerDocument } | { readonly profile: unknown };

/**
 * Whether a person is in segments, at one instant (by default now).
 * @param ids the segments; by default all that are not archived.
 * @throws SegmentError `NOT_FOUND` or `INVALID_INPUT`; RecordError for an invalid profile.
 */
export async function membershipsOf(
  engine: Engine,
  project: string,
  person: Person,
  ids?: readonly string[],
  asOf = engine.clock(),
): Promise<Memberships> {
  const listed = namesOf(await readSegments(engine, project));
  return membershipsIn(engine, project, person, segmentsAsked(listed, ids), listed, asOf);
}

/**
 * The requested segments, each once; if none are named, all that are not archived.
 * @throws SegmentError `NOT_FOUND` or `INVALID_INPUT`.
 */
export function segmentsAsked(listed: SegmentNames, ids?: readonly string[]): readonly CatalogSegment[] {
  if (ids === undefined) return [...listed.byId.values()].filter(({ archived }) => !archived);
  if (ids.length > maxAsked) {
    throw new SegmentError(
      "INVALID_INPUT",
      "segmentIds",
      `These are ${ids.length} segments; ask for ${maxAsked.toLocaleString("en")} at most.`,
    );
  }
  const names = withArchived(listed);
  return [...new Set(ids)].map((id) => {
    const found = names.byId.get(id);
    if (found === undefined) throw noSuchSegment(id);
    return found;
  });
}

/** Whether a person is in each of these segments, by its query or its stored members. */
async function membershipsIn(
  engine: Engine,
  project: string,
  person: Person,
  segments: readonly CatalogSegment[],
  listed: SegmentNames,
  asOf: number,
): Promise<Memberships> {
  const { plans, answerable, unanswerable } = await plansOf(engine, project, segments, listed, asOf);
  const bound = await boundPlans(engine, project, plans, asOf);
  const facts = await factsOf(engine, project, person, bound, asOf);
  return {
    asOf,
    segments: answerable.map((segment, index) => ({
      segment,
      member: compilePredicate(bound[index]!)(facts),
    })),
    unanswerable,
  };
}

/** The plans of membership in each segment at an instant; `unanswerable` are the segments whose query is no longer valid. */
export async function plansOf(
  engine: Engine,
  project: string,
  segments: readonly CatalogSegment[],
  listed: SegmentNames,
  asOf: number,
) {
  const names = withArchived(listed);
  const plans: PlanNode[] = [];
  const answerable: CatalogSegment[] = [];
  const unanswerable: CatalogSegment[] = [];
  for (const segment of segments) {
    try {
      plans.push((await planOf(engine, project, names, segment.id, asOf)).plan.where);
      answerable.push(segment);
    } catch (error) {
      if (!(error instanceof SegmentError)) throw error;
      unanswerable.push(segment);
    }
  }
  return { plans, answerable, unanswerable };
}

/** Binds all tests of products at once, because many segments test the same products. */
export async function boundPlans(
  engine: Engine,
  project: string,
  operands: readonly PlanNode[],
  asOf: number,
): Promise<readonly PlanNode[]> {
  const { where } = await bindProducts(engine.store, {
    version: 1,
    project,
    asOf,
    where: { kind: "and", operands },
  });
  return where.kind === "and" ? where.operands : operands;
}

/** The person as predicates see them. @param operands the plans that will be evaluated. */
export async function factsOf(
  engine: Engine,
  project: string,
  person: Person,
  operands: readonly PlanNode[],
  asOf: number,
) {
  if ("profile" in person) return hypotheticalCustomer(engine, project, person.profile, asOf);
  const { customer } = person;
  const all: PlanNode = { kind: "and", operands };
  if (isTrueOf(customer.activity, asOf)) return customerWithRecords(engine, customer, all);
  return customerAt(await readHistory(engine, customer, [...eventTypesOf(all)]), asOf);
}
