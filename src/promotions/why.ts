// Why a person belongs to the audience of a rule, or does not: clause by clause, with the nearest change.
import type { ValidationRuleDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { recentSegments } from "../query/catalog.js";
import type { Person } from "../segments/of-customer.js";
import type { ReadOptions } from "../store/read-options.js";
import { type Why, why } from "../why/why.js";
import { audienceText } from "./audience.js";

/** The audience of a rule as one query, with the present names of the segments; undefined for everyone. */
export async function audienceOf(
  engine: Engine,
  { project, audience }: ValidationRuleDocument,
): Promise<string | undefined> {
  return audienceText(audience, await recentSegments(engine, project));
}

/** Undefined for a rule that allows everyone. @throws RecordError for an invalid profile; TooManyRecordsError. */
export async function whyAudience(
  engine: Engine,
  rule: ValidationRuleDocument,
  person: Person,
  asOf: number,
  options?: ReadOptions,
): Promise<Why | undefined> {
  const query = await audienceOf(engine, rule);
  if (query === undefined) return undefined;
  const customer = "customer" in person ? { id: person.customer._id } : person;
  return why(engine, rule.project, { query, customer, asOf }, options);
}
