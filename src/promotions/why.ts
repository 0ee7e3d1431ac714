// Why a person belongs to the audience of a rule, or does not: clause by clause, with the nearest change.
import type { ValidationRuleDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { recentSegments } from "../query/catalog.js";
import { audienceText } from "../segments/audience-text.js";
import type { Person } from "../segments/of-customer.js";
import type { ReadOptions } from "../store/read-options.js";
import { type DescribedNearest, type Why, why } from "../why/why.js";

/** The audience of a rule as one query, with the present names of the segments; undefined for everyone. */
export async function audienceOf(
  engine: Engine,
  { project, audience }: ValidationRuleDocument,
): Promise<string | undefined> {
  return audienceText(audience, await recentSegments(engine, project));
}

/** Why one person belongs to the audience of a rule at an instant, or does not; undefined for a rule that allows everyone. */
export type Explain = (rule: ValidationRuleDocument, asOf: number) => Promise<Why | undefined>;

/** Explains rules to one person: each rule once for an instant, however many campaigns are subject to it. */
export function explainTo(engine: Engine, person: Person, options?: ReadOptions): Explain {
  const explained = new Map<string, Promise<Why | undefined>>();
  return (rule, asOf) => {
    const key = JSON.stringify([rule._id, asOf]);
    const known = explained.get(key);
    if (known !== undefined) return known;
    const fresh = whyAudience(engine, rule, person, asOf, options).then(searchingOnce);
    explained.set(key, fresh);
    return fresh;
  };
}

/** The same answer, whose nearest change is searched for once. */
function searchingOnce(found: Why | undefined): Why | undefined {
  const search = found?.answer?.nearest;
  if (found?.answer === undefined || search === undefined) return found;
  let searched: Promise<DescribedNearest> | undefined;
  const nearest = (options?: ReadOptions) => {
    searched ??= search(options);
    return searched;
  };
  return { ...found, answer: { ...found.answer, nearest } };
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
