// Conditions that SQL does not say: sequences, lines of records and comparisons with another attribute. Their customers are found
// one by one, by the same closures as everywhere else, among those whom the other conditions leave; the query is then asked of their ids.
import type { DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { CustomerDocument } from "../../documents/documents.js";
import { noRecords, recordsOfCustomers, summarise } from "../../facts/summarise.js";
import { constant, sql } from "../../operators/encodings/sql.js";
import { customerFieldsOf, eventTypesOf, leavesOf, recordSetsOf } from "../../plan/fields.js";
import { type LeafNode, type PlanNode, recordSets } from "../../plan/plan.js";
import { compilePredicate, type WithRecords } from "../../predicate/compile.js";
import { compileSql, isDated } from "../../sql/compile.js";
import type { CustomerQuestion } from "../customers.js";
import type { ReadOptions } from "../read-options.js";
import type { RecordReads } from "../reads/documents.js";
import { slicesOf } from "../slices.js";
import { readDocument } from "./document-text.js";
import { limited, type QueryRunner } from "./run.js";

/** How many customers' documents and records are held at once. */
const batch = 1_000;

/** True of a condition that SQL says by itself. */
export function isSaid(leaf: LeafNode): boolean {
  if (leaf.kind !== "predicate") return false;
  const { figure } = leaf.field;
  if (figure === undefined) return true;
  const { records, aggregate, where } = figure;
  return (
    (records === "events" || records === "orders") &&
    aggregate !== "different" &&
    (where === undefined || leavesOf(where).every((inner) => inner.kind === "predicate" && isSaid(inner)))
  );
}

/** The question with every condition that SQL does not say asked as one of customers' ids. */
export async function boundByPredicate(
  runner: QueryRunner,
  records: RecordReads,
  question: CustomerQuestion,
  options?: ReadOptions,
): Promise<CustomerQuestion> {
  const { plan } = question;
  const unsaid = [...new Set(leavesOf(plan.where).filter((leaf) => !isSaid(leaf)))];
  if (unsaid.length === 0) return question;
  const found = await idsOf(runner, records, question, unsaid, options);
  const bind = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case "and":
      case "or":
        return { ...node, operands: node.operands.map(bind) };
      case "not":
        return { ...node, operand: bind(node.operand) };
      case "constant":
        return node;
      default: {
        const values = found.get(node);
        return values === undefined ? node : hasIds(values);
      }
    }
  };
  return { ...question, plan: { ...plan, where: bind(plan.where) } };
}

function hasIds(values: readonly string[]): PlanNode {
  if (values.length === 0) return { kind: "constant", value: false };
  return {
    kind: "predicate",
    field: { attribute: "id", scope: "profile", path: "_id" },
    test: { kind: "oneOf", values },
  };
}

/** The ids of the customers of whom each leaf is true, among those whom the conditions that SQL says leave. */
async function idsOf(
  runner: QueryRunner,
  records: RecordReads,
  question: CustomerQuestion,
  leaves: readonly LeafNode[],
  options?: ReadOptions,
): Promise<ReadonlyMap<PlanNode, readonly string[]>> {
  const holds = leaves.map((leaf) => ({ leaf, isTrue: compilePredicate(leaf), found: [] as string[] }));
  const slices = slicesOf(options);
  for await (const customers of candidates(runner, question, options)) {
    for (const customer of await withRecords(records, question, leaves, customers, options)) {
      for (const { isTrue, found } of holds) if (isTrue(customer)) found.push(customer._id);
      if (slices.isOver()) await slices.next();
    }
  }
  return new Map(holds.map(({ leaf, found }) => [leaf, found]));
}

/** The customers whom the conditions of a conjunction that SQL says leave; every one of other nodes. In batches. */
async function* candidates(
  { rows, layout }: QueryRunner,
  { plan, activity }: CustomerQuestion,
  options?: ReadOptions,
): AsyncGenerator<readonly CustomerDocument[]> {
  const { where } = plan;
  const said =
    where.kind === "and" ? where.operands.filter((node) => leavesOf(node).every((leaf) => isSaid(leaf))) : [];
  const narrowed: PlanNode =
    said.length === 0 ? { kind: "constant", value: true } : { kind: "and", operands: said };
  const found = compileSql(
    { ...plan, where: narrowed },
    layout(plan.project),
    { activity, strategy: "sets_first" },
    true,
  );
  for (let last = -1; ; ) {
    const page = await rows(
      limited(
        sql`SELECT d.document, d.checksum, c.source_id, c.customer FROM ${found.from} JOIN customers_documents AS d ON d.customer = c.customer WHERE c.customer > ${constant(last)} AND ${found.where} ORDER BY c.customer`,
        batch,
      ),
      options,
    );
    if (page.length > 0)
      yield page.map(([text, checksum, id]) =>
        readDocument<CustomerDocument>(String(text), Number(checksum), String(id)),
      );
    if (page.length < batch) return;
    last = Number(page.at(-1)![3]);
  }
}

type Asked = CustomerDocument & WithRecords;

/** Customers with the records that leaves are about, and with what their records came to at the as-of where that is asked for. */
async function withRecords(
  reads: RecordReads,
  { plan, activity }: CustomerQuestion,
  leaves: readonly LeafNode[],
  customers: readonly CustomerDocument[],
  options?: ReadOptions,
): Promise<readonly Asked[]> {
  const ids = customers.map(({ _id }) => _id);
  const where: PlanNode = { kind: "and", operands: leaves };
  const sets = recordSetsOf(where);
  const byCustomer = async <Name extends RecordCollection>(collection: Name) => {
    const filter = collection === "events" ? { types: [...eventTypesOf(where)] } : {};
    const found = new Map<string, DocumentOf[Name][]>();
    for (const record of await reads.ofCustomers(plan.project, collection, ids, filter, options)) {
      const known = found.get(record.customer);
      if (known === undefined) found.set(record.customer, [record]);
      else known.push(record);
    }
    return (id: string) => found.get(id) ?? [];
  };
  const none = () => [];
  const [events, orders, redemptions, referrals] = await Promise.all(
    recordSets.map((set) => (sets.has(set) ? byCustomer(set) : none)),
  );
  const isOfAsOf = activity === "records" && customerFieldsOf(where).some(isDated);
  const summed = isOfAsOf
    ? await recordsOfCustomers(ids, async (collection) => {
        const of = await byCustomer(collection);
        return new Map(ids.map((id) => [id, of(id)])) as never;
      })
    : undefined;
  return customers.map((customer) => ({
    ...customer,
    ...(summed === undefined
      ? {}
      : { activity: summarise(summed.get(customer._id) ?? noRecords, plan.asOf) }),
    records: {
      events: events!(customer._id),
      orders: orders!(customer._id),
      redemptions: redemptions!(customer._id),
      referrals: referrals!(customer._id),
    },
  })) as unknown as readonly Asked[];
}
