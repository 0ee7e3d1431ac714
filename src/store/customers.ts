// Questions over a project's customers. Each is a plan, which every store compiles to its own language.
import type { CustomerDocument } from "../documents/documents.js";
import type { ActivitySource, EventStrategy } from "../pipeline/compile.js";
import type { Selectivity } from "../pipeline/order.js";
import type { Field } from "../plan/plan.js";
import type { SimplifiedPlan } from "../plan/simplify.js";
import type { CustomerOverview } from "./overview.js";
import type { Explanation, ReadOptions } from "./read-options.js";

/** Estimates for a plan, for a store whose own planner lacks them. */
export interface Estimates {
  readonly selectivity?: Selectivity;
  /** The cheapest strategy for conditions on events, if the plan has any. */
  readonly strategy?: EventStrategy;
}

/** Which customers to find. Reuse the same object for repeated questions: a store compiles it only once. */
export interface CustomerQuestion {
  /** Tests of products and named samples are bound. */
  readonly plan: SimplifiedPlan;
  /** Where activity is read from: the summary on the customer, or the records as of the plan's instant. */
  readonly activity: ActivitySource;
  /** Called by stores that need estimates. The answer is the same without them. */
  readonly estimates?: () => Promise<Estimates>;
}

/** The attributes to sort by, and their paths in the customer document; no index serves the order of any other. */
export const sortKeys = {
  source_id: "source_id",
  name: "facts.name",
  email: "facts.email",
  country: "facts.country",
  created_at: "facts.created_at",
  "orders.total_amount": "activity.orders.total_amount",
  "orders.count": "activity.orders.count",
  "orders.last_at": "activity.orders.last_at",
} as const;

export type SortKey = keyof typeof sortKeys;

/**
 * An order of customers: by an attribute, then by source id ascending (by source id alone in either direction). Unknown values
 * come first, and last when descending. Text compares by its UTF-8 bytes.
 */
export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
  /** Reverses the whole order, for pages that are read backwards. */
  readonly backwards?: boolean;
}

/** The end of a page: the sort key's value (null if it is unknown) and the source id of the last customer. */
export interface SortPosition {
  readonly value: string | number | boolean | Date | null;
  readonly sourceId: string;
}

export interface CustomerPageRequest {
  readonly sort: Sort;
  /** Only customers after this position. */
  readonly after?: SortPosition;
  /** The most customers to return. */
  readonly limit: number;
}

/** A page in the order of a field's values as of the question's instant: the order of `Sort`, for any field that is no set. */
export interface ValuePageRequest extends Omit<CustomerPageRequest, "sort"> {
  /** Tests of products in its figure are bound. */
  readonly field: Field;
  readonly order: Omit<Sort, "by">;
}

/** A customer's `_id`, and its position in such an order. */
export interface ValuePosition extends SortPosition {
  readonly id: string;
}

/** A combination of the answers of some questions, each by its index. */
export type Combination =
  | { readonly kind: "answer"; readonly index: number }
  | { readonly kind: "all" | "any"; readonly of: readonly Combination[] }
  | { readonly kind: "not"; readonly of: Combination };

/** How many customers are in exactly one subset of the questions' answers. */
export interface Region {
  /** Bit `n` is set if the customers are in the answer of question `n`. */
  readonly bits: number;
  readonly count: number;
}

/** All reject with StoreError `TIMEOUT` or `UNAVAILABLE`, or with the signal's reason. */
export interface CustomerQuestions {
  readonly count: (question: CustomerQuestion, options?: ReadOptions) => Promise<number>;

  /** The count, at most `bound`: never slower than finding that many customers. */
  readonly countUpTo: (question: CustomerQuestion, bound: number, options?: ReadOptions) => Promise<number>;

  /** One page of whole documents, in order. */
  readonly page: (
    question: CustomerQuestion,
    request: CustomerPageRequest,
    options?: ReadOptions,
  ) => Promise<readonly CustomerDocument[]>;

  /** The same page, with the overviews of the customers alone, which is several times as quick. */
  readonly overviews: (
    question: CustomerQuestion,
    request: CustomerPageRequest,
    options?: ReadOptions,
  ) => Promise<readonly CustomerOverview[]>;

  /** One page in the order of a field's values. */
  readonly byValue: (
    question: CustomerQuestion,
    request: ValuePageRequest,
    options?: ReadOptions,
  ) => Promise<readonly ValuePosition[]>;

  /** `_id`s in no order; at most `limit`, all of them without it. */
  readonly ids: (
    question: CustomerQuestion,
    options?: ReadOptions & { readonly limit?: number },
  ) => Promise<readonly string[]>;

  /** Source ids in pages, ascending across pages, each of at most `size` if it is given. */
  readonly sourceIds: (
    question: CustomerQuestion,
    options?: ReadOptions & { readonly size?: number },
  ) => AsyncIterable<readonly string[]>;

  /** Counts the regions in which the answers of up to 30 questions overlap; empty regions are left out. */
  readonly regions: (
    questions: readonly CustomerQuestion[],
    options?: ReadOptions,
  ) => Promise<readonly Region[]>;

  /**
   * The numbers of a project's customers in combinations of the answers to up to 50 questions, at least one; all of the questions
   * are of one project and one source of activity. One pass over the customers, where the store has such a thing.
   */
  readonly tallies: (
    questions: readonly CustomerQuestion[],
    combinations: readonly Combination[],
    options?: ReadOptions,
  ) => Promise<readonly number[]>;

  /** Runs the question and reports how the store executes it. */
  readonly explain: (question: CustomerQuestion, options?: ReadOptions) => Promise<Explanation>;
}
