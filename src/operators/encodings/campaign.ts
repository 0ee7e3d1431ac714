// A figure of one campaign: the customer holds a list of them, and a campaign that is not in it stands for 0.
import type { Field } from "../../plan/plan.js";
import { type Filter, type Predicate, reader } from "./encoding.js";

/** A test of a figure, said of the entry that a campaign has in the list; `zero` is whether 0 passes it. */
export function matchCampaign(
  campaign: NonNullable<Field["campaign"]>,
  zero: boolean,
  forms: { readonly match: Filter; readonly complement: Filter },
): Filter {
  if (!zero) return { [campaign.listPath]: { $elemMatch: { campaign: campaign.name, ...forms.match } } };
  // True without an entry, so it is false only where there is one that fails.
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

/** A test of a campaign's figure, of one customer. */
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
