// Why one customer is in or out of what a query means.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { CustomerDocument, ProductDocument, ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { RecordError } from "../facts/record-error.js";
import { noRecords } from "../facts/summarise.js";
import { type CustomerKey, findCustomer } from "../query/customer.js";
import { type CustomerHistory, customerAt, readHistory } from "../query/customer-records.js";
import { hypotheticalCustomer } from "../query/hypothetical-customer.js";
import { askQuestion, type Question } from "../query/question.js";
import type { ReadOptions } from "../store/read-options.js";
import { slicesOf } from "../store/slices.js";
import { type ProfileChange, spokenChange } from "./change.js";
import { changedCustomer } from "./changed-customer.js";
import { type Clause, explainClauses } from "./clauses.js";
import { type Nearest, nearestChange } from "./nearest/nearest.js";
import type { SearchContext, SeenCustomer } from "./nearest/search-context.js";
import type { Locale } from "./wording.js";

export interface WhyRequest {
  /** A sentence of the segment language. */
  readonly query: string;
  /** A stored customer, or the profile of one who is not stored. */
  readonly customer: CustomerKey | { readonly profile: unknown };
  /** The instant to answer for, in milliseconds since the epoch; by default now. */
  readonly asOf?: number;
}

export interface Why {
  readonly diagnostics: readonly Diagnostic[];
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Undefined if the query has errors. */
  readonly answer?: WhyAnswer;
}

interface WhyAnswer {
  readonly customer: CustomerDocument;
  /** The query in its one canonical form. */
  readonly canonical: string;
  /** The query as a whole; its parts are inside. */
  readonly clause: Clause;
  /** If the customer is out: the nearest change that would let the customer in, or why none was found. Computed on demand. */
  readonly nearest?: (options?: ReadOptions) => Promise<DescribedNearest>;
}

/** The nearest change, with each of its parts in words; or why none was found. */
export type DescribedNearest = Nearest & { readonly sentences: readonly string[] };

async function describedNearest(
  context: SearchContext,
  locale: Locale,
  options?: ReadOptions,
): Promise<DescribedNearest> {
  const nearest = await nearestChange(context, slicesOf(options));
  const changes = "changes" in nearest ? nearest.changes : [];
  return { ...nearest, sentences: changes.map((change) => spokenChange(change, locale)) };
}

/** There is no such customer; `message` says so. */
export class UnknownCustomerError extends Error {
  override readonly name = "UnknownCustomerError";
}

/**
 * Reports each clause's truth for one customer, with the actual and the expected value.
 * @throws UnknownCustomerError, TooManyRecordsError.
 */
export async function why(
  engine: Engine,
  project: string,
  request: WhyRequest,
  options?: ReadOptions,
): Promise<Why> {
  const asOf = request.asOf ?? engine.clock();
  const { question, diagnostics } = await askQuestion(engine, project, request.query, asOf);
  if (question === undefined) return { diagnostics, asOf };
  const customer = await customerOf(engine, project, request.customer, asOf);
  const part = question.partAt(asOf);
  if (part === undefined) throw new Error("A query that was right is wrong at the same instant.");
  const { catalog, canonical } = question;
  const isStored = !("profile" in request.customer);
  const history = isStored
    ? await readHistory(engine, customer, question.eventTypes, options)
    : { customer, records: { ...noRecords, events: [] } };
  const seen = customerAt(history, asOf);
  const products = await readProducts(engine, question, seen.activity.orders.items);
  const subject = {
    customer: seen,
    catalog,
    productName: (key: string) => nameOf(products.get(key)),
    zone: catalog.timezone,
    currency: catalog.currency,
    asOf,
  };
  const clause = await explainClauses(part, subject, (id) => question.ofSegment(id, asOf), slicesOf(options));
  if (clause.holds) return { diagnostics, asOf, answer: { customer, canonical, clause } };
  const context: SearchContext = {
    catalog,
    asOf,
    partAt: question.partAt,
    after: (changes, at) => customerAfter(history, changes, question.definition, at),
    product: (key) => products.get(key),
    spelled: (text) => question.spellings.get(text) ?? text,
  };
  const nearest = (limits?: ReadOptions) => describedNearest(context, subject, limits);
  return { diagnostics, asOf, answer: { customer, canonical, clause, nearest } };
}

/** @throws UnknownCustomerError; RecordError for an invalid profile. */
async function customerOf(
  engine: Engine,
  project: string,
  asked: WhyRequest["customer"],
  asOf: number,
): Promise<CustomerDocument> {
  if ("profile" in asked) return hypotheticalCustomer(engine, project, asked.profile, asOf);
  const found = await findCustomer(engine, project, asked);
  if (found === undefined) throw unknownCustomer(asked);
  return found;
}

/** Undefined if the project would not accept a change. */
function customerAfter(
  history: CustomerHistory,
  changes: readonly ProfileChange[],
  definition: ProjectDocument,
  asOf: number,
): SeenCustomer | undefined {
  try {
    return customerAt(changedCustomer(history, changes, definition), asOf);
  } catch (error) {
    if (error instanceof RecordError) return undefined;
    throw error;
  }
}

function unknownCustomer(key: CustomerKey): UnknownCustomerError {
  const written = "id" in key ? `id "${key.id}"` : `source id "${key.sourceId}"`;
  return new UnknownCustomerError(
    `There is no customer with the ${written.slice(0, 300)} in this project. Case matters; ` +
      "look one up with customers(filter: …), or segmentql query.",
  );
}

// Further products are neither named in a sentence nor offered as a change.
const maxProducts = 200;

/** The products that sentences and changes may name: the customer's, and those that the query names. */
async function readProducts(
  engine: Engine,
  { products, catalog }: Question,
  bought: readonly string[],
): Promise<ReadonlyMap<string, ProductDocument>> {
  const keys = [...new Set([...bought.slice(0, maxProducts), ...products.slice(0, maxProducts)])];
  const found = await engine.store.getMany(
    "products",
    keys.map((key) => `${catalog.project}/${key}`),
  );
  return new Map(found.flatMap((product) => (product === undefined ? [] : [[product.key, product]])));
}

function nameOf(product: ProductDocument | undefined): string | undefined {
  return product?.name ?? product?.sku ?? product?.product_id;
}
