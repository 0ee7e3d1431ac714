// The summary of records, as of an instant.
import { describe, expect, it } from "vitest";
import type { OrderDocument } from "../../src/documents/documents.js";
import { noRecords, summarise } from "../../src/facts/summarise.js";

const asOf = Date.parse("2026-11-23T12:00:00Z");
const owner = { project: "p", customer: "p/a" } as const;

function order(
  source_id: string,
  at: string,
  amount: number,
  more: Partial<OrderDocument> = {},
): OrderDocument {
  return {
    _id: `p/${source_id}`,
    ...owner,
    source_id,
    at: new Date(at),
    status: "PAID",
    amount,
    items: [],
    item_keys: [],
    product_keys: [],
    facts: { quantity: 0, product_count: 0, lines: [], metadata: {} },
    yearly: {},
    ...more,
  };
}

const ordersOf = (...orders: OrderDocument[]) => summarise({ ...noRecords, orders }, asOf);

describe("orders", () => {
  it("counts, adds up and dates orders up to and including the instant", () => {
    expect(
      ordersOf(
        order("b", "2026-11-23T12:00:00Z", 250, { item_keys: ["k2", "k1"], product_keys: ["p1"] }),
        order("a", "2026-01-01T00:00:00Z", 101, { item_keys: ["k1"], product_keys: ["p1", "p2"] }),
        order("c", "2026-11-23T12:00:00.001Z", 7),
        order("d", "2026-12-01T00:00:00Z", 8),
        order("e", "2026-05-01T00:00:00Z", 9_999, { status: "CANCELED" }),
        order("f", "2026-11-23T13:00:00Z", 9_999, { status: "CANCELED" }),
      ),
    ).toMatchObject({
      orders: {
        count: 2,
        total_amount: 351,
        average_amount: 175.5,
        first_at: new Date("2026-01-01T00:00:00Z"),
        last_at: new Date("2026-11-23T12:00:00Z"),
        last_amount: 250,
        items: ["k1", "k2"],
        product_count: 2,
      },
      latest_at: new Date("2026-11-23T12:00:00Z"),
      next_at: new Date("2026-11-23T12:00:00.001Z"),
    });
  });

  it("has neither dates nor amounts without any order", () => {
    expect(ordersOf()).toEqual({
      orders: { count: 0, total_amount: 0, items: [], product_count: 0 },
      redemptions: { count: 0 },
      referrals: { count: 0, campaigns: [] },
      gift_cards: { spent: 0, balance: 0, campaigns: [] },
      loyalty: { points: 0, balance: 0, campaigns: [] },
    });
  });

  it.each([
    [["a", "b"], "b"],
    [["10", "9"], "9"],
    // In UTF-16 the emoji is the lesser, in UTF-8 the greater.
    [["\u{1f600}", "\uff5e"], "\u{1f600}"],
  ])("of one instant: of %j, %j is the last", (ids, last) => {
    const at = "2026-05-01T00:00:00Z";
    const orders = ids.map((id, index) => order(id, at, index + 1));
    const amount = orders.find((each) => each.source_id === last)?.amount;
    expect(ordersOf(...orders).orders.last_amount).toBe(amount);
    expect(ordersOf(...orders.reverse()).orders.last_amount).toBe(amount);
  });
});

describe("other records", () => {
  it("counts successful redemptions that have happened", () => {
    const redemption = (at: string, result: string) => ({
      _id: at,
      ...owner,
      at: new Date(at),
      campaign: "Spring",
      result,
    });
    expect(
      summarise(
        {
          ...noRecords,
          redemptions: [
            redemption("2026-11-01T00:00:00Z", "SUCCESS"),
            redemption("2026-11-22T00:00:00Z", "FAILURE"),
            redemption("2026-11-24T00:00:00Z", "FAILURE"),
            redemption("2026-11-25T00:00:00Z", "SUCCESS"),
          ],
        },
        asOf,
      ),
    ).toMatchObject({
      redemptions: { count: 1 },
      latest_at: new Date("2026-11-01T00:00:00Z"),
      next_at: new Date("2026-11-25T00:00:00Z"),
    });
  });

  it("counts referrals by campaign", () => {
    const referral = (id: string, campaign: string, at: string) => ({
      _id: id,
      ...owner,
      referee: id,
      campaign,
      at: new Date(at),
    });
    const { referrals, next_at } = summarise(
      {
        ...noRecords,
        referrals: [
          referral("1", "Summer", "2026-11-01T00:00:00Z"),
          referral("2", "Friends", "2026-11-02T00:00:00Z"),
          referral("3", "Summer", "2026-11-03T00:00:00Z"),
          referral("4", "Winter", "2027-01-01T00:00:00Z"),
        ],
      },
      asOf,
    );
    expect(referrals).toEqual({
      count: 3,
      campaigns: [
        { campaign: "Friends", count: 1 },
        { campaign: "Summer", count: 2 },
      ],
    });
    expect(next_at).toEqual(new Date("2027-01-01T00:00:00Z"));
  });

  it("balances gift cards and points by campaign, without dates", () => {
    const card = (id: string, campaign: string, amount: number, spent: number) => ({
      _id: id,
      ...owner,
      campaign,
      amount,
      spent,
    });
    const points = (id: string, campaign: string, all: number, spent: number, expired: number) => ({
      _id: id,
      ...owner,
      campaign,
      points: all,
      spent,
      expired,
    });
    expect(
      summarise(
        {
          ...noRecords,
          gift_cards: [
            card("1", "Xmas", 5_000, 1_200),
            card("2", "Birthday", 700, 700),
            card("3", "Xmas", 100, 0),
          ],
          loyalty: [
            points("1", "Club", 500, 120, 30),
            points("2", "Club", 10, 0, 0),
            points("3", "Partners", 7, 0, 7),
          ],
        },
        asOf,
      ),
    ).toMatchObject({
      gift_cards: {
        spent: 1_900,
        balance: 3_900,
        campaigns: [
          { campaign: "Birthday", spent: 700, balance: 0 },
          { campaign: "Xmas", spent: 1_200, balance: 3_900 },
        ],
      },
      loyalty: {
        points: 517,
        balance: 360,
        campaigns: [
          { campaign: "Club", points: 510, balance: 360 },
          { campaign: "Partners", points: 7, balance: 0 },
        ],
      },
    });
  });

  it("adds fractions up to the same sum in any order", () => {
    const points = (id: string, all: number) => ({
      _id: id,
      ...owner,
      campaign: "Club",
      points: all,
      spent: 0,
      expired: 0,
    });
    const loyalty = [
      points("1", 0.1),
      points("2", 0.2),
      points("3", 0.3),
      points("4", 1e16),
      points("5", -1e16),
    ];
    const sums = [loyalty, loyalty.toReversed(), [...loyalty.slice(2), ...loyalty.slice(0, 2)]].map(
      (order) => summarise({ ...noRecords, loyalty: order }, asOf).loyalty.points,
    );
    expect(new Set(sums).size).toBe(1);
  });
});
