// Customers as commands list them, read from the store or over a server.
import type { Activity, Profile } from "../../documents/documents.js";
import type { ComputedSort } from "../../query/page.js";
import type { Sort } from "../../store/customers.js";
import type { ReadOptions } from "../../store/read-options.js";

type Figures<Name extends keyof Activity> = Omit<
  Activity[Name] & object,
  "campaigns" | "items" | "product_count"
>;

/** A listed customer: the profile as it was given, and figures in minor units. */
export interface ListedCustomer {
  /** Values of computed attributes by name, if they were requested. */
  readonly computed?: Readonly<Record<string, unknown>>;
  readonly source_id: string;
  readonly profile: Profile;
  readonly activity: {
    readonly orders: Figures<"orders">;
    readonly redemptions: Figures<"redemptions">;
    readonly referrals: Figures<"referrals">;
    readonly gift_cards: Figures<"gift_cards">;
    readonly loyalty: Figures<"loyalty">;
  };
}

export interface ListedPageRequest {
  /** The names of computed attributes whose present values are needed. */
  readonly computed?: readonly string[] | undefined;
  readonly first: number;
  /** The cursor of the last customer of the previous page. */
  readonly after?: string | undefined;
  readonly sort?: Sort | undefined;
  /** Replaces `sort`. */
  readonly computedSort?: ComputedSort | undefined;
}

/** A list of customers, read page by page; a page may be shorter than requested. */
export interface CustomerListing {
  readonly count: () => Promise<number>;
  readonly customers: (
    request: ListedPageRequest,
    options?: ReadOptions,
  ) => Promise<{
    readonly customers: readonly ListedCustomer[];
    readonly cursors: readonly string[];
    readonly hasNextPage: boolean;
  }>;
  /** Source ids, ascending; at most `limit`. */
  readonly sourceIds: (limit?: number) => Promise<readonly string[]>;
}
