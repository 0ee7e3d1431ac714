// Judges customers: at which instants they are in which of the segments to look at. Nothing is written here.
import type { Engine } from "../engine.js";
import type { Holds } from "../operators/forms/form.js";
import { bindNode, boughtTexts, namesProduct, type ProductKeys } from "../pipeline/products.js";
import type { PlanNode } from "../plan/plan.js";
import { compilePredicate } from "../predicate/compile.js";
import { customerAt, readHistory } from "../segments/customer-records.js";
import type { Activity, CustomerDocument, ProductDocument } from "../store/documents.js";
import type { ChangeDocument } from "../store/membership-documents.js";
import type { LiveSegment, LiveSet } from "./live-set.js";
import { noRecordsOf, type Records, readRecords, recordNeeds } from "./records.js";

/** What is so of a customer at one instant: for each segment that was looked at, whether they are in it. */
export interface Verdict {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly members: ReadonlyMap<string, boolean>;
}

/** A customer to look at, as both were read. */
export interface Case {
  readonly change: ChangeDocument;
  readonly customer: CustomerDocument;
}

/**
 * The verdicts on each customer, by `_id`, in the order of their instants: those at which time was due, then `asOf`
 * (milliseconds since the epoch). A segment whose query is not right now is not judged.
 */
export async function judge(
  engine: Engine,
  set: LiveSet,
  cases: readonly Case[],
  asOf: number,
): Promise<ReadonlyMap<string, readonly Verdict[]>> {
  const meanings = meaningsOf();
  const asked: Asked[] = [];
  for (const { change, customer } of cases) {
    const instants = [...duringStay(change, customer).filter((at) => at < asOf), asOf];
    const pictures: Picture[] = [];
    for (const at of instants) {
      const facts = await factsAt(engine, change, customer, at, asOf);
      // Before its first change, a customer of whom nothing was known was not there.
      if (facts !== undefined) pictures.push({ facts, at });
    }
    asked.push({
      customer,
      instants,
      pictures,
      segments: segmentsToJudge(set, change, customer, pictures, asOf),
    });
  }
  const nodes = asked.flatMap(({ segments, instants }) =>
    segments.flatMap((segment) => instants.flatMap((at) => meanings.nodeOf(segment, at) ?? [])),
  );
  const unique = [...new Set(nodes)];
  const needs = recordNeeds(unique);
  const ids = asked.map(({ customer }) => customer._id);
  const records = await readRecords(engine, set.project, ids, needs);
  const people = new Map<string, readonly Person[]>();
  for (const { customer, pictures } of asked) {
    const own = records.get(customer._id) ?? noRecordsOf;
    people.set(
      customer._id,
      pictures.map(({ facts, at }) => ({ ...facts, records: own, at })),
    );
  }
  const keys = await productKeys(engine, set.project, unique, [...people.values()].flat());
  const verdicts = new Map<string, readonly Verdict[]>();
  for (const { customer, segments } of asked) {
    const told: Verdict[] = [];
    for (const person of people.get(customer._id)!) {
      const { at } = person;
      const members = new Map<string, boolean>();
      for (const segment of segments) {
        const { status, since } = segment.document;
        if (at < asOf && at < since.getTime()) continue;
        if (status === "removing") members.set(segment.id, false);
        else {
          const holds = meanings.closureOf(segment, at, keys);
          if (holds !== undefined) members.set(segment.id, holds(person));
        }
      }
      told.push({ at, members });
    }
    verdicts.set(customer._id, told);
  }
  return verdicts;
}

/** A customer as they were at an instant. */
interface Picture {
  readonly facts: CustomerDocument;
  readonly at: number;
}

interface Asked {
  readonly customer: CustomerDocument;
  readonly instants: readonly number[];
  readonly pictures: readonly Picture[];
  readonly segments: readonly LiveSegment[];
}

/** The instants that are still to be looked at: not those before the customer was moved as of a later one. */
function duringStay({ due }: ChangeDocument, { moved_at }: CustomerDocument): readonly number[] {
  const last = moved_at?.getTime() ?? Number.NEGATIVE_INFINITY;
  return due.map((at) => at.getTime()).filter((at) => at > last);
}

/**
 * Where only time or segments changed, it is known which are to be looked at. Else those which what was written may flip, of a
 * customer who was in the right ones before; all of them where it is not known what was before.
 */
function segmentsToJudge(
  set: LiveSet,
  { since, before, looks }: ChangeDocument,
  customer: CustomerDocument,
  pictures: readonly Picture[],
  asOf: number,
): readonly LiveSegment[] {
  const named = looks.flatMap(({ segment }) => set.segments.get(segment) ?? []);
  if (since === undefined) return named;
  // Whoever was judged while the summary was behind or ahead of the clock was not judged by it.
  if (before === undefined || !isTrueOf(before.activity, asOf)) return [...set.segments.values()];
  const found = new Set(named);
  let earlier: CustomerDocument = { ...customer, ...before };
  for (const { facts } of pictures) {
    for (const segment of set.mayFlip(earlier, facts)) found.add(segment);
    earlier = facts;
  }
  return [...found];
}

/** The customer as they were at an instant, as far as that is known: as they are, or as they were before their first change. */
async function factsAt(
  engine: Engine,
  { since, before }: ChangeDocument,
  customer: CustomerDocument,
  at: number,
  asOf: number,
): Promise<CustomerDocument | undefined> {
  // What is written is so by `asOf`, although the clock of who wrote it may be ahead of this one.
  if (since !== undefined && at < since.getTime() && at < asOf) {
    return before === undefined ? undefined : { ...customer, ...before };
  }
  if (isTrueOf(customer.activity, at)) return customer;
  return customerAt(await readHistory(engine, customer, []), at);
}

/** A summary is true from the latest record that it counts to just before the next that it does not. */
function isTrueOf({ latest_at, next_at }: Activity, asOf: number): boolean {
  return (
    (latest_at === undefined || latest_at.getTime() <= asOf) &&
    (next_at === undefined || next_at.getTime() > asOf)
  );
}

/** A customer with their records, at an instant. */
type Person = CustomerDocument & { readonly records: Records; readonly at: number };

/** What segments mean at instants, each worked out once. */
function meaningsOf() {
  const nodes = new Map<string, PlanNode | undefined>();
  const closures = new Map<string, Holds>();
  const keyOf = ({ id, timed }: LiveSegment, at: number): string => (timed ? `${id} ${at}` : id);
  const nodeOf = (segment: LiveSegment, at: number): PlanNode | undefined => {
    const key = keyOf(segment, at);
    if (!nodes.has(key)) nodes.set(key, segment.nodeAt(at));
    return nodes.get(key);
  };
  const closureOf = (segment: LiveSegment, at: number, keys: ProductKeys): Holds | undefined => {
    const key = keyOf(segment, at);
    const known = closures.get(key);
    if (known !== undefined) return known;
    const node = nodeOf(segment, at);
    if (node === undefined) return undefined;
    const holds = compilePredicate(bindNode(node, keys));
    closures.set(key, holds);
    return holds;
  };
  return { nodeOf, closureOf };
}

/** For each text that products are asked by, the keys of those that it names among what these customers bought. */
async function productKeys(
  engine: Engine,
  project: string,
  nodes: readonly PlanNode[],
  people: readonly Person[],
): Promise<ProductKeys> {
  const texts = new Set(nodes.flatMap((node) => [...boughtTexts(node)]));
  if (texts.size === 0) return new Map();
  const keys = new Set<string>();
  for (const { activity, records } of people) {
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
