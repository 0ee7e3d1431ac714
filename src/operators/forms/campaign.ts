// A figure of one campaign: the customer holds a list of them, and a campaign that is not in it stands for 0.
import type { Field, Test } from "../../plan/plan.js";
import { type Filter, stored } from "./form.js";

/** A test of a figure, said of the entry that a campaign has in the list. */
export function matchCampaign(
  field: Field,
  test: Test,
  campaign: NonNullable<Field["campaign"]>,
  forms: { readonly match: Filter; readonly complement: Filter },
): Filter {
  if (!holdsOfZero(test, field))
    return { [campaign.listPath]: { $elemMatch: { campaign: campaign.name, ...forms.match } } };
  // True without an entry, so it is false only where there is one that fails.
  return { [campaign.listPath]: { $not: { $elemMatch: { campaign: campaign.name, ...forms.complement } } } };
}

/** The exact complement of `matchCampaign`. */
export function complementCampaign(
  field: Field,
  test: Test,
  campaign: NonNullable<Field["campaign"]>,
  forms: { readonly match: Filter; readonly complement: Filter },
): Filter {
  if (holdsOfZero(test, field)) {
    return { [campaign.listPath]: { $elemMatch: { campaign: campaign.name, ...forms.complement } } };
  }
  return { [campaign.listPath]: { $not: { $elemMatch: { campaign: campaign.name, ...forms.match } } } };
}

/** @throws RangeError for tests that figures don't have. */
function holdsOfZero(test: Test, field: Field): boolean {
  switch (test.kind) {
    case "known":
      return true;
    case "oneOf":
      return test.values.includes(0);
    case "range": {
      const { from, to } = test;
      const low = from === undefined ? Number.NEGATIVE_INFINITY : Number(stored(from.value));
      const high = to === undefined ? Number.POSITIVE_INFINITY : Number(stored(to.value));
      return (
        (from?.inclusive === false ? low < 0 : low <= 0) && (to?.inclusive === false ? 0 < high : 0 <= high)
      );
    }
    default:
      throw new RangeError(`${field.attribute} is a figure, and has no test ${test.kind}.`);
  }
}
