// Warnings of values that no customer has, which are most often misspelled: `city is Warsw`.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { quoteValue } from "../../grammar/format.js";
import { countryName } from "../catalog/countries.js";
import type { Attribute } from "../catalog/model.js";
import type { CheckedQuery } from "../check/check.js";
import { closest } from "../check/closest.js";
import { diagnostic } from "../check/failure.js";
import type { AskedValue } from "../check/scope.js";
import type { Engine } from "../engine.js";
import { reader } from "../operators/encodings/encoding.js";
import type { Field, Test } from "../plan/plan.js";
import { simplifyPlan } from "../plan/simplify.js";
import type { CustomerQuestion } from "../store/customers.js";
import { isStoreError } from "../store/port.js";
import { type Statistics, statisticsOf } from "./estimates/statistics.js";

/** Values looked for in the store for one query: those that the sample of customers does not have. */
const maxReads = 20;
/** How long one of those reads may take, in milliseconds; a value not found by then is not told of. */
const readTimeMs = 300;

/** Tells whether some customer of the project has a value. */
export type HasValue = (attribute: Attribute, value: string) => Promise<boolean>;

/**
 * A warning for each value that no customer of the project has today, with what may have been meant. Values that were told of
 * already are left out, and all where there are no customers. A value that is not in a sample of the customers is looked for in the store, by
 * reads that find one customer or end soon.
 */
async function missingValues(
  engine: Engine,
  project: string,
  asked: readonly AskedValue[],
  told: readonly Diagnostic[],
): Promise<readonly Diagnostic[]> {
  if (asked.length === 0) return [];
  const statistics = await statisticsOf(engine, project);
  return warningsOf(asked, told, statistics.sample, async ({ field }, value) => {
    if (statistics.customers === statistics.sample.length) return false;
    try {
      const question = valueQuestion(project, field, value);
      return (await engine.store.customers.countUpTo(question, 1, { maxTimeMs: readTimeMs })) > 0;
    } catch (error) {
      if (isStoreError(error, "TIMEOUT")) return true;
      throw error;
    }
  });
}

/** The customers who have a value. */
function valueQuestion(project: string, field: Field, value: string): CustomerQuestion {
  const test: Test =
    field.set === true
      ? { kind: "hasAny", values: [{ from: value, to: value }] }
      : { kind: "oneOf", values: [value] };
  const plan = simplifyPlan({ version: 1, project, asOf: 0, where: { kind: "predicate", field, test } });
  return { plan, activity: "summary" };
}

/**
 * What every door reports of a query: what the checker finds, and warnings of values that no customer has, in the order of the
 * text.
 */
export async function reportedDiagnostics(
  engine: Engine,
  project: string,
  { asked, diagnostics }: Pick<CheckedQuery, "asked" | "diagnostics">,
): Promise<readonly Diagnostic[]> {
  const missing = await missingValues(engine, project, asked, diagnostics);
  return [...diagnostics, ...missing].toSorted((one, other) => one.span.start - other.span.start);
}

/** The same of a sample of the customers; `hasValue` is asked of what that doesn't have. */
export async function warningsOf(
  asked: readonly AskedValue[],
  told: readonly Diagnostic[],
  sample: Statistics["sample"],
  hasValue: HasValue,
): Promise<readonly Diagnostic[]> {
  if (sample.length === 0) return [];
  const known = new Map<string, ReadonlySet<string>>();
  const valuesOf = (attribute: Attribute) => {
    const values = known.get(attribute.name) ?? mostFrequentFirst(attribute, sample);
    known.set(attribute.name, values);
    return values;
  };
  const missing = asked
    .filter(({ written }) => !told.some(({ span }) => span.start === written.span.start))
    .filter(({ attribute, value }) => !valuesOf(attribute).has(value))
    .slice(0, maxReads);
  const warnings = await Promise.all(
    missing.map(async ({ attribute, value, written }) => {
      if (await hasValue(attribute, value)) return [];
      const names = [...valuesOf(attribute)].map((each) => spoken(attribute, each));
      const suggestion = closest(written.text, names);
      const fix =
        suggestion === undefined ? undefined : { replacement: quoteValue(suggestion), span: written.span };
      return [diagnostic("NO_SUCH_VALUE", [written.text, attribute.name, suggestion], written.span, { fix })];
    }),
  );
  return warnings.flat();
}

/** Every text that customers of a sample have there, or in a set there. */
function mostFrequentFirst(attribute: Attribute, sample: Statistics["sample"]): ReadonlySet<string> {
  const read = reader(attribute.field.path);
  const counts = new Map<string, number>();
  for (const value of sample.flatMap((customer) => read(customer))) {
    if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one);
  return new Set(byCount.map(([value]) => value));
}

/** A value as a query has it: countries compare by their codes. */
function spoken(attribute: Attribute, value: string): string {
  return attribute.type === "country" && /^[A-Z]{2}$/.test(value) ? countryName(value) : value;
}
