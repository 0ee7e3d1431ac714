// Customers as a server lists them, in the shape in which commands print them.
import type { Profile } from "../../documents/documents.js";
import type { CustomerListing, ListedCustomer, ListedPageRequest } from "../query/listed-customer.js";
import type { ServerClient } from "./client.js";

/** The fields selected of a customer for a list. */
export const customerFields = `sourceId name email phone createdAt birthdate birthday sourceText consents metadata
  address { city state postalCode country } sourceMetadata { mailchimpList intercomType webWidgetId }
  ordersCount ordersTotalAmount { minorAmount } ordersAverageAmount { minorAmount } firstOrderAt lastOrderAt
  lastOrderAmount { minorAmount } redemptionsCount referralsCount giftCardsSpent { minorAmount }
  giftCardsBalance { minorAmount } loyaltyPoints loyaltyBalance`;

interface Money {
  readonly minorAmount: number | null;
}

export interface CustomerNode {
  readonly sourceId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAt: string | null;
  readonly birthdate: string | null;
  /** `MM-DD`. */
  readonly birthday: string | null;
  readonly sourceText: string | null;
  readonly consents: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly address: {
    readonly city: string | null;
    readonly state: string | null;
    readonly postalCode: string | null;
    readonly country: string | null;
  } | null;
  readonly sourceMetadata: {
    readonly mailchimpList: string | null;
    readonly intercomType: string | null;
    readonly webWidgetId: string | null;
  } | null;
  readonly ordersCount: number;
  readonly ordersTotalAmount: Money;
  readonly ordersAverageAmount: Money | null;
  readonly firstOrderAt: string | null;
  readonly lastOrderAt: string | null;
  readonly lastOrderAmount: Money | null;
  readonly redemptionsCount: number;
  readonly referralsCount: number;
  readonly giftCardsSpent: Money;
  readonly giftCardsBalance: Money;
  readonly loyaltyPoints: number;
  readonly loyaltyBalance: number;
  readonly computed?: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly money: Money | null;
  }[];
}

/** The customer as commands list it. */
function listedCustomer(node: CustomerNode): ListedCustomer {
  return {
    source_id: node.sourceId,
    profile: profileOf(node),
    ...(node.computed === undefined
      ? {}
      : {
          computed: Object.fromEntries(
            node.computed.map(({ name, value, money }) => [name, money === null ? value : money.minorAmount]),
          ),
        }),
    activity: {
      orders: given({
        count: node.ordersCount,
        total_amount: node.ordersTotalAmount.minorAmount,
        average_amount: node.ordersAverageAmount?.minorAmount,
        first_at: dateOf(node.firstOrderAt),
        last_at: dateOf(node.lastOrderAt),
        last_amount: node.lastOrderAmount?.minorAmount,
      }),
      redemptions: { count: node.redemptionsCount },
      referrals: { count: node.referralsCount },
      gift_cards: given({
        spent: node.giftCardsSpent.minorAmount,
        balance: node.giftCardsBalance.minorAmount,
      }),
      loyalty: { points: node.loyaltyPoints, balance: node.loyaltyBalance },
    },
  };
}

/** The profile in the interchange folder's shape. */
export function profileOf(node: CustomerNode): Profile {
  const { address, sourceMetadata, birthdate, birthday, consents, metadata } = node;
  const source = sourceMetadata ?? { mailchimpList: null, intercomType: null, webWidgetId: null };
  const sources = given({
    mailchimp: source.mailchimpList === null ? undefined : { list: source.mailchimpList },
    intercom: source.intercomType === null ? undefined : { type: source.intercomType },
    web_widget: source.webWidgetId === null ? undefined : { id: source.webWidgetId },
  });
  return {
    source_id: node.sourceId,
    ...given({
      name: node.name,
      email: node.email,
      phone: node.phone,
      created_at: node.createdAt,
      birthdate: birthdate ?? (birthday === null ? undefined : `--${birthday}`),
      address:
        address === null
          ? undefined
          : given({
              city: address.city,
              state: address.state,
              postal_code: address.postalCode,
              country: address.country,
            }),
      source: node.sourceText,
      source_metadata: Object.keys(sources).length === 0 ? undefined : sources,
      consents: consents.length === 0 ? undefined : consents,
      metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    }),
  };
}

function given<Values extends object>(values: Values): { [Name in keyof Values]: NonNullable<Values[Name]> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as { [Name in keyof Values]: NonNullable<Values[Name]> };
}

function dateOf(written: string | null): Date | undefined {
  return written === null ? undefined : new Date(written);
}

export interface CustomerConnection<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

/** One page of a list of customers, with the fields selected of each. */
export type ReadPage = <Node>(fields: string, variables: PageVariables) => Promise<CustomerConnection<Node>>;

interface PageVariables {
  readonly first: number;
  readonly after?: string;
  readonly sortBy?: string;
  readonly sortByComputed?: string;
  readonly descending?: boolean;
}

/** The arguments of a list of customers, and their variables' declarations. */
export const pageArguments =
  "first: $first, after: $after, sortBy: $sortBy, sortByComputed: $sortByComputed, descending: $descending";
export const pageVariables =
  "$first: Int, $after: String, $sortBy: CustomerSortKey = SOURCE_ID, $sortByComputed: String, $descending: Boolean = false";
export const connectionOf = (fields: string) =>
  `{ nodes { ${fields} } edges { cursor } pageInfo { hasNextPage } }`;

/** The field of computed attributes: a list of JSON is one of GraphQL. */
const computedFields = (names: readonly string[]): string =>
  `computed(names: ${JSON.stringify(names)}) { name value money { minorAmount } }`;

/** The most customers of a page with ids only; a page with more fields has fewer. */
const maxIds = 1_000;
const maxCustomers = 500;

/** A list of customers, read page by page. @param count requests the number of customers. */
export function listOfServer(readPage: ReadPage, count: () => Promise<number>): CustomerListing {
  return {
    count,
    async customers({ first, after, sort, computedSort, computed }: ListedPageRequest) {
      const fields =
        computed === undefined ? customerFields : `${customerFields} ${computedFields(computed)}`;
      const { nodes, edges, pageInfo } = await readPage<CustomerNode>(fields, {
        first: Math.min(first, maxCustomers),
        after,
        ...(sort === undefined
          ? {}
          : { sortBy: sort.by.replaceAll(".", "_").toUpperCase(), descending: sort.descending }),
        ...(computedSort === undefined
          ? {}
          : { sortByComputed: computedSort.name, descending: computedSort.descending }),
      });
      return {
        customers: nodes.map(listedCustomer),
        cursors: edges.map(({ cursor }) => cursor),
        hasNextPage: pageInfo.hasNextPage,
      };
    },
    async sourceIds(limit = Number.POSITIVE_INFINITY) {
      const found: string[] = [];
      let after: string | undefined;
      while (found.length < limit) {
        const first = Math.min(maxIds, limit - found.length);
        const page = await readPage<{ sourceId: string }>("sourceId", { first, after });
        found.push(...page.nodes.map(({ sourceId }) => sourceId));
        if (!page.pageInfo.hasNextPage) break;
        after = page.edges.at(-1)?.cursor;
        // A page without customers has nothing to continue after.
        if (after === undefined) break;
      }
      return found;
    },
  };
}

/**
 * A customer with the names of its segments; undefined if there is no such customer.
 * @param asOf the instant of the memberships, in milliseconds since the epoch.
 */
export async function customerOfServer({ ask }: ServerClient, sourceId: string, asOf: number | undefined) {
  const { customer, segments, segmentPreview } = await ask<{
    readonly customer: (CustomerNode & { readonly segments: Names<object> }) | null;
    readonly segments: Names<{ readonly diagnostics: readonly { readonly severity: string }[] }>;
    readonly segmentPreview: { readonly asOf: string };
  }>(
    `query ($sourceId: String!, $asOf: DateTime) {
      customer(by: { sourceId: $sourceId }) { ${customerFields} segments(first: 500, asOf: $asOf) { nodes { name } } }
      segments(first: 500) { nodes { name diagnostics { severity } } }
      segmentPreview(query: "everyone", asOf: $asOf) { asOf } }`,
    { sourceId, asOf: asOf === undefined ? undefined : new Date(asOf).toISOString() },
  );
  if (customer === null) return undefined;
  const wrong = segments.nodes.filter(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity === "ERROR"),
  );
  return {
    customer: listedCustomer(customer),
    asOf: new Date(segmentPreview.asOf),
    segments: customer.segments.nodes.map(({ name }) => name),
    unanswerable: wrong.map(({ name }) => name),
  };
}

interface Names<More> {
  readonly nodes: readonly ({ readonly name: string } & More)[];
}
