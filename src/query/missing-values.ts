// Warns about values that no customer has, which are usually misspelled: `city is Warsw`.
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

/** The most values of one query that are looked up in the store because the sample of customers lacks them. */
const maxReads = 20;
/** The time limit of a lookup, in milliseconds; a value that is not found by then gets no warning. */
const readTimeMs = 300;

/** Returns whether any customer of the project has a value. */
export type HasValue = (attribute: Attribute, value: string) => Promise<boolean>;

/**
 * A warning for each value that no customer of the project has at present, with a suggestion. Values that already have a
 * diagnostic are skipped, and there are no warnings for a project without customers. A value that is not in the sample of
 * customers is looked up in the store, by a read that stops at the first customer or after a short time.
 * @param reported the diagnostics that exist already.
 */
async function missingValues(
  engine: Engine,
  project: string,
  asked: readonly AskedValue[],
  reported: readonly Diagnostic[],
): Promise<readonly Diagnostic[]> {
  if (asked.length === 0) return [];
  const { sample } = await statisticsOf(engine, project);
  // The store is asked also if the sample was once the whole project: it may have changed since.
  return warningsOf(asked, reported, sample, async ({ field }, value) => {
    try {
      const question = valueQuestion(project, field, value);
      return (await engine.store.customers.countUpTo(question, 1, { maxTimeMs: readTimeMs })) > 0;
    } catch (error) {
      if (isStoreError(error, "TIMEOUT")) return true;
      throw error;
    }
  });
}

/** The question for the customers who have a value. */
function valueQuestion(project: string, field: Field, value: string): CustomerQuestion {
  const test: Test =
    field.set === true
      ? { kind: "hasAny", values: [{ from: value, to: value }] }
      : { kind: "oneOf", values: [value] };
  const plan = simplifyPlan({ version: 1, project, asOf: 0, where: { kind: "predicate", field, test } });
  return { plan, activity: "summary" };
}

/**
 * The diagnostics that every interface reports for a query: those of the checker, and warnings about values that no customer has,
 * in the order of the text.
 */
export async function reportedDiagnostics(
  engine: Engine,
  project: string,
  { asked, diagnostics }: Pick<CheckedQuery, "asked" | "diagnostics">,
): Promise<readonly Diagnostic[]> {
  const missing = await missingValues(engine, project, asked, diagnostics);
  return [...diagnostics, ...missing].toSorted((one, other) => one.span.start - other.span.start);
}

/** The warnings, by a sample of the customers; `hasValue` is called for values that the sample lacks. */
export async function warningsOf(
  asked: readonly AskedValue[],
  reported: readonly Diagnostic[],
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
    .filter(({ written }) => !reported.some(({ span }) => span.start === written.span.start))
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

/** The texts that the sampled customers have for an attribute, in its sets too, the most frequent first. */
function mostFrequentFirst(attribute: Attribute, sample: Statistics["sample"]): ReadonlySet<string> {
  const read = reader(attribute.field.path);
  const counts = new Map<string, number>();
  for (const value of sample.flatMap((customer) => read(customer))) {
    if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one);
  return new Set(byCount.map(([value]) => value));
}

/** A value as a query spells it: countries are stored as codes, and are named here. */
function spoken(attribute: Attribute, value: string): string {
  return attribute.type === "country" && /^[A-Z]{2}$/.test(value) ? countryName(value) : value;
}
