// The address of Explore: the sentence, the moment, the open customer, and how the list is shown.
import { CustomerSortKey } from "../data/sorting.js";

export interface ExploreSearch {
  /** The sentence. */
  readonly q?: string;
  /** The moment, as `2026-11-23T12:00:00Z`; now where it is left out. */
  readonly at?: string;
  /** The `id` of the customer who is open. */
  readonly who?: string;
  /** Columns, by the names of attributes, as `country,orders.last_at`. */
  readonly cols?: string;
  readonly sort?: CustomerSortKey;
  readonly desc?: boolean;
  /** True if the form is shown in place of the text. */
  readonly form?: boolean;
  /** The step of the tour, from 1; undefined if it is not taken. */
  readonly tour?: number;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

/** Reads an address; invalid parts are left out. */
export function readExploreSearch(search: Record<string, unknown>): ExploreSearch {
  const at = text(search.at);
  const sort = CustomerSortKey.find((key) => key === search.sort);
  const read: ExploreSearch = {
    q: text(search.q),
    at: at !== undefined && !Number.isNaN(Date.parse(at)) ? at : undefined,
    who: text(search.who),
    cols: text(search.cols),
    sort,
    desc: search.desc === true ? true : undefined,
    form: search.form === true ? true : undefined,
    tour: Number.isInteger(search.tour) && (search.tour as number) > 0 ? (search.tour as number) : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
