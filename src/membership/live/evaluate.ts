// Judges customers: at which instants they are in which of the segments to look at. Nothing is written here.

import type { CustomerDocument, ProductDocument } from "../../documents/documents.js";
import type { ChangeKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import type { Predicate } from "../../operators/encodings/encoding.js";
import type { PlanNode } from "../../plan/plan.js";
import { compilePredicate, type WithRecords } from "../../predicate/compile.js";
import { bindNode, namesProduct, type ProductKeys, productTexts } from "../../query/products.js";
import { type Case, isTrueOf, type Picture, picturesOf } from "./customer-snapshots.js";
import type { LiveSegment, LiveSet } from "./live-set.js";
import type { Meaning } from "./plan-at.js";
import { noRecordsOf, type Records, readRecords, recordNeeds } from "./record-needs.js";

/** What is so of a customer at one instant: for each segment that was looked at, whether they are in it. */
export interface Evaluation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of which kinds the records are whose time came then. */
  readonly came: readonly ChangeKind[];
  readonly members: ReadonlyMap<string, boolean>;
}

/**
 * The verdicts on each customer, by `_id`, in the order of their instants: those at which something was due, then `asOf`
 * (milliseconds since the epoch). A segment whose query is not right now is not judged.
 */
export async function evaluate(
  engine: Engine,
  set: LiveSet,
  cases: readonly Case[],
  asOf: number,
): Promise<ReadonlyMap<string, readonly Evaluation[]>> {
  const meanings = meaningsOf();
  const seen = await picturesOf(engine, set.project, cases, asOf);
  const asked = cases.map((one): EvaluationRequest => {
    const pictures = seen.get(one.customer._id)!;
    return { customer: one.customer, pictures, segments: segmentsToJudge(set, one, pictures, asOf) };
  });
  const nodes = new Set<PlanNode>();
  for (const { segments, pictures } of asked) {
    for (const segment of segments) {
      for (const { at } of pictures) {
        const meaning = meanings.meaningOf(segment, at);
        if (meaning !== undefined) nodes.add(meaning.node);
      }
    }
  }
  const unique = [...nodes];
  const needs = recordNeeds(unique);
  const asksRecords = needs.events.size > 0 || needs.orders !== undefined;
  const ids = asked.map(({ customer }) => customer._id);
  const records = await readRecords(engine, set.project, ids, needs);
  const recordsOf = ({ _id }: CustomerDocument): Records => records.get(_id) ?? noRecordsOf;
  const buyers = () =>
    asked.flatMap(({ customer, pictures }) =>
      pictures.map(({ facts }) => ({ activity: facts.activity, records: recordsOf(customer) })),
    );
  const keys = await productKeys(engine, set.project, unique, buyers);
  const verdicts = new Map<string, readonly Evaluation[]>();
  for (const { customer, segments, pictures } of asked) {
    const told: Evaluation[] = [];
    const personOf = asksRecords ? withRecords(recordsOf(customer)) : (facts: CustomerDocument) => facts;
    for (const { facts, at, came } of pictures) {
      const person = personOf(facts);
      const members = new Map<string, boolean>();
      for (const segment of segments) {
        const { status, since } = segment.document;
        if (at < asOf && at < since.getTime()) continue;
        if (status === "removing") members.set(segment.id, false);
        else {
          const isMember = meanings.holdsOf(segment, at, person, keys);
          if (isMember !== undefined) members.set(segment.id, isMember);
        }
      }
      told.push({ at, came, members });
    }
    verdicts.set(customer._id, told);
  }
  return verdicts;
}

interface EvaluationRequest {
  readonly customer: CustomerDocument;
  readonly pictures: readonly Picture[];
  readonly segments: readonly LiveSegment[];
}

/**
 * Where only time or segments changed, it is known which are to be looked at. Else those which what was written may flip, of a
 * customer who was in the right ones before; all of them where it is not known what was before.
 */
function segmentsToJudge(
  set: LiveSet,
  { change: { since, before, looks }, customer }: Case,
  pictures: readonly Picture[],
  asOf: number,
): readonly LiveSegment[] {
  const named = looks.flatMap(({ segment }) => set.segments.get(segment) ?? []);
  // Whoever was judged while the summary was behind or ahead of the clock was not judged by it.
  const isBehind =
    !isTrueOf((before ?? customer).activity, asOf) || pictures.some(({ came }) => came.length > 0);
  if (isBehind || (since !== undefined && before === undefined)) return [...set.segments.values()];
  if (before === undefined) return named;
  const found = new Set(named);
  let earlier: CustomerDocument = { ...customer, ...before };
  for (const { facts } of pictures) {
    for (const segment of set.mayFlip(earlier, facts)) found.add(segment);
    earlier = facts;
  }
  return [...found];
}

/** Puts a customer's records beside their facts, once for pictures that are the same. */
function withRecords(records: Records): (facts: CustomerDocument) => CustomerDocument & WithRecords {
  let known:
    | { readonly facts: CustomerDocument; readonly person: CustomerDocument & WithRecords }
    | undefined;
  return (facts) => {
    if (known?.facts !== facts) known = { facts, person: { ...facts, records } };
    return known.person;
  };
}

/** What segments mean at instants, each worked out once. */
function meaningsOf() {
  const meanings = new Map<LiveSegment, Map<number, Meaning | undefined>>();
  const closures = new Map<PlanNode, Predicate>();
  const meaningOf = (segment: LiveSegment, at: number): Meaning | undefined => {
    const known = meanings.get(segment) ?? new Map<number, Meaning | undefined>();
    meanings.set(segment, known);
    // What time does not move means the same at all of them.
    const instant = segment.timed ? at : 0;
    if (!known.has(instant)) known.set(instant, segment.meaningAt(at));
    return known.get(instant);
  };
  /** Whether the segment means a customer at the instant; undefined where its query is not right then. */
  const holdsOf = (
    segment: LiveSegment,
    at: number,
    person: CustomerDocument,
    keys: ProductKeys,
  ): boolean | undefined => {
    const meaning = meaningOf(segment, at);
    if (meaning === undefined) return undefined;
    const { node, later } = meaning;
    const holds = closures.get(node) ?? compilePredicate(bindNode(node, keys));
    closures.set(node, holds);
    return holds(person, later);
  };
  return { meaningOf, holdsOf };
}

/** For each text that products are asked by, the keys of those that it names among what these customers bought. */
async function productKeys(
  engine: Engine,
  project: string,
  nodes: readonly PlanNode[],
  people: () => readonly (Pick<CustomerDocument, "activity"> & WithRecords)[],
): Promise<ProductKeys> {
  const texts = new Set(nodes.flatMap((node) => [...productTexts(node)]));
  if (texts.size === 0) return new Map();
  const keys = new Set<string>();
  for (const { activity, records } of people()) {
    for (const key of activity.orders.items) keys.add(key);
    for (const order of records.orders) {
      for (const key of (order as { readonly item_keys?: readonly string[] }).item_keys ?? []) keys.add(key);
    }
  }
  const found = await engine.store.getMany(
    "products",
    [...keys].map((key) => `${project}/${key}`),
  );
  const products = found.filter((product): product is ProductDocument => product !== undefined);
  return new Map(
    [...texts].map((text) => [
      text,
      products
        .filter((product) => namesProduct(product.text, text))
        .map(({ key }) => ({ from: key, to: key })),
    ]),
  );
}
