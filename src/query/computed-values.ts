// The values of computed attributes for some customers: each is evaluated in this process, over the records that it needs.
import { resolveName } from "../catalog/catalog.js";
import type { Attribute, Catalog } from "../catalog/model.js";
import { quoteName } from "../catalog/quote-name.js";
import { checkQuery } from "../check/check.js";
import type { CustomerDocument, ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { reader } from "../operators/encodings/encoding.js";
import { givenReader, trimmedText } from "../operators/encodings/given.js";
import type { Field, PlanNode } from "../plan/plan.js";
import { fieldReader, type WithRecords } from "../predicate/compile.js";
import { catalogFor } from "./catalog.js";
import type { ComputedOrder } from "./page.js";
import { bindNode, readProductKeys } from "./products.js";
import { noRecordsOf, readRecords, recordNeeds } from "./record-needs.js";

/** A computed attribute's value for one customer. */
export interface ComputedValue {
  /** The attribute's name in the project. */
  readonly name: string;
  readonly attribute: Attribute;
  /** Text as it was given, a number, minor units of money, true or false, a Date, `YYYY-MM-DD` or a list; undefined if unknown. */
  readonly value: unknown;
}

/** A project has no computed attribute of a name. */
export class UnknownComputedError extends Error {
  override readonly name = "UnknownComputedError";
}

/**
 * The values of computed attributes, for each customer in the same order.
 * @param names names of computed attributes, in any case; all of the project's if undefined.
 * @param asOf the instant, in milliseconds since the epoch.
 * @throws UnknownComputedError
 */
export async function computedValues(
  engine: Engine,
  definition: ProjectDocument,
  customers: readonly CustomerDocument[],
  names: readonly string[] | undefined,
  asOf: number,
): Promise<readonly (readonly ComputedValue[])[]> {
  const { project } = definition;
  const asked = names ?? Object.keys(definition.computed ?? {});
  const found: { name: string; attribute: Attribute; node: PlanNode }[] = [];
  for (const name of asked) found.push(await computedOf(engine, definition, name, asOf));
  const needs = recordNeeds(found.map(({ node }) => node));
  const records = await readRecords(
    engine,
    project,
    customers.map(({ _id }) => _id),
    needs,
  );
  const reads = found.map(({ attribute, node }) => valueReader(attribute, fieldOf(node)));
  return customers.map((customer) => {
    const person: CustomerDocument & WithRecords = {
      ...customer,
      records: records.get(customer._id) ?? noRecordsOf,
    };
    return found.map(({ name, attribute }, index) => ({ name, attribute, value: reads[index]!(person) }));
  });
}

/**
 * Customers with the values of computed attributes by name, as `computed`; the customers themselves if no names are given.
 * @throws UnknownComputedError
 */
export async function withComputed<Customer extends CustomerDocument>(
  engine: Engine,
  definition: ProjectDocument,
  customers: readonly Customer[],
  names: readonly string[],
  asOf: number,
): Promise<readonly (Customer & { readonly computed?: Readonly<Record<string, unknown>> })[]> {
  if (names.length === 0) return customers;
  const values = await computedValues(engine, definition, customers, names, asOf);
  return customers.map((customer, index) => ({
    ...customer,
    computed: Object.fromEntries(values[index]!.map(({ name, value }) => [name, value])),
  }));
}

/**
 * The field of a computed attribute that customers are to be sorted by, as of an instant, bound, with the expressions of all computed
 * attributes, since its own may name others.
 * @throws UnknownComputedError, also for one that is a list.
 */
export async function computedField(
  engine: Engine,
  definition: ProjectDocument,
  name: string,
  asOf: number,
): Promise<Pick<ComputedOrder, "field" | "expressions">> {
  const { attribute, node } = await computedOf(engine, definition, name, asOf);
  const field = fieldOf(node);
  if (field.set === true)
    throw new UnknownComputedError(
      `Customers are not sorted by \`${attribute.computed?.name ?? name}\`, which is a list of values. Sort by another attribute.`,
    );
  return { field, expressions: JSON.stringify(definition.computed) };
}

async function computedOf(
  engine: Engine,
  definition: ProjectDocument,
  written: string,
  asOf: number,
): Promise<{ readonly name: string; readonly attribute: Attribute; readonly node: PlanNode }> {
  const text = `computed.${quoteName(written)} is known`;
  const catalog: Catalog = await catalogFor(engine, definition, text);
  const attribute = resolveName(catalog, `computed.${quoteName(written)}`)?.attribute;
  const plan = attribute?.computed === undefined ? undefined : checkQuery(text, catalog, asOf).plan;
  if (attribute?.computed === undefined || plan === undefined) {
    const known = Object.keys(definition.computed ?? {});
    const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
    throw new UnknownComputedError(
      `The project has no computed attribute \`${shown}\`. ${known.length === 0 ? "It has none." : `It has ${known.slice(0, 20).join(", ")}.`}`,
    );
  }
  const keys = await readProductKeys(engine.store, definition.project, plan.where);
  return { name: attribute.computed.name, attribute, node: bindNode(plan.where, keys) };
}

/** The field that `A is known` tests. */
function fieldOf(node: PlanNode): Field {
  if (node.kind === "not") return fieldOf(node.operand);
  if (node.kind === "predicate") return node.field;
  throw new RangeError(`Whether an attribute is known was planned as ${node.kind}.`);
}

type ReadValue = (customer: CustomerDocument & WithRecords) => unknown;

function valueReader({ given }: Attribute, field: Field): ReadValue {
  const read = fieldReader(field);
  if (given === undefined || field.figure !== undefined) return (customer) => read(customer) ?? undefined;
  // What people read is the text as it was given.
  const key = given.key === undefined ? {} : { key: given.key };
  const written = givenReader({ kind: "exact", ...key }, reader(given.path));
  return (customer) => {
    const text = written(customer);
    return Array.isArray(text) ? text : trimmedText(text);
  };
}
