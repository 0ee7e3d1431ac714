// Every test's encodings, for MongoDB and for this process. A missing kind is a type error.
import type { Field, Test } from "../../plan/plan.js";
import { campaignHolds, complementCampaign, matchCampaign } from "./campaign.js";
import { contains } from "./contains.js";
import type { Filter, Form, MongoExpression, Predicate, Read } from "./encoding.js";
import { endsWith } from "./ends-with.js";
import { hasAll, hasAny } from "./has.js";
import { known } from "./known.js";
import { oneOf } from "./one-of.js";
import { range } from "./range.js";
import { hasAtLeast, hasAtMost } from "./size.js";
import { startsWith } from "./starts-with.js";
import { yearly } from "./yearly.js";

function unbound(): never {
  throw new RangeError("A test of products was compiled before it was bound to the project's products.");
}

const forms: { readonly [Kind in Test["kind"]]: Form<Kind> } = {
  known,
  oneOf,
  range,
  startsWith,
  endsWith,
  contains,
  hasAny,
  hasAll,
  hasAtLeast,
  hasAtMost,
  yearly,
  bought: { match: unbound, complement: unbound, expression: unbound, holds: unbound },
};

function formOf(test: Test): Form<Test["kind"]> {
  return forms[test.kind] as Form<Test["kind"]>;
}

/** A `$match` condition that is true of exactly the customers whose field passes the test. */
export function matchTest(field: Field, test: Test): Filter {
  if (field.campaign === undefined) return formOf(test).match(field, test);
  return matchCampaign(field.campaign, holdsOfZero(field, test), bothForms(field, test));
}

/** A `$match` condition that is true of exactly the customers whose field does not pass the test. */
export function matchComplement(field: Field, test: Test): Filter {
  if (field.campaign === undefined) return formOf(test).complement(field, test);
  return complementCampaign(field.campaign, holdsOfZero(field, test), bothForms(field, test));
}

/** The same as `matchTest`, as an aggregation expression on a record's own field. */
export function expressTest(field: Field, test: Test, read: Read): MongoExpression {
  return formOf(test).expression(field, test, read);
}

/** The same as `matchTest`, for one customer's document, in this process. */
export function holdsTest(field: Field, test: Test): Predicate {
  const holds = formOf(test).holds(field, test);
  return field.campaign === undefined
    ? holds
    : campaignHolds(field.campaign, holdsOfZero(field, test), holds);
}

function holdsOfZero(field: Field, test: Test): boolean {
  return formOf(test).holds(field, test)({ [field.path]: 0 });
}

function bothForms(field: Field, test: Test): { readonly match: Filter; readonly complement: Filter } {
  return { match: formOf(test).match(field, test), complement: formOf(test).complement(field, test) };
}
