// A figure of one campaign: the customer has a list of campaigns, and for a campaign that is not in it the figure is 0.
import type { Field } from "../../plan/plan.js";
import { type Filter, type Predicate, reader } from "./encoding.js";

/** A test of a figure, applied to the campaign's entry in the list; `zero` is whether 0 passes it. */
export function matchCampaign(
  campaign: NonNullable<Field["campaign"]>,
  zero: boolean,
  forms: { readonly match: Filter; readonly complement: Filter },
): Filter {
  if (!zero) return { [campaign.listPath]: { $elemMatch: { campaign: campaign.name, ...forms.match } } };
  // True without an entry, so it is false only if there is an entry that fails.
  return { [campaign.listPath]: { $not: { $elemMatch: { campaign: campaign.name, ...forms.complement } } } };
}

/** The exact complement of `matchCampaign`. */
export function complementCampaign(
  campaign: NonNullable<Field["campaign"]>,
  zero: boolean,
  forms: { readonly match: Filter; readonly complement: Filter },
): Filter {
  if (zero) {
    return { [campaign.listPath]: { $elemMatch: { campaign: campaign.name, ...forms.complement } } };
  }
  return { [campaign.listPath]: { $not: { $elemMatch: { campaign: campaign.name, ...forms.match } } } };
}

/** A test of a campaign's figure, for one customer. */
export function campaignHolds(
  campaign: NonNullable<Field["campaign"]>,
  zero: boolean,
  holds: Predicate,
): Predicate {
  const read = reader(campaign.listPath);
  return (customer, later) => {
    const list = read(customer);
    if (!Array.isArray(list)) return zero;
    const entry = list.find((each: { campaign?: unknown }) => each.campaign === campaign.name);
    return entry === undefined ? zero : holds(entry, later);
  };
}
