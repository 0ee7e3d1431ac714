// Cases of reads of promotions.
import { ids, type ReadCase, sorted } from "./case.js";
import { may } from "./world.js";

export const promotionCases: readonly ReadCase[] = [
  ["promotions.rules", async ({ promotions }) => ids(await promotions.rules("shop")), ["shop/v1", "shop/v2"]],
  [
    "promotions.campaigns",
    async ({ promotions }) => ids(await promotions.campaigns("shop")),
    ["shop/spring", "shop/winter"],
  ],
  [
    "promotions.codePage",
    async ({ promotions }) => {
      const page = async (window: Parameters<typeof promotions.codePage>[2]) =>
        ids(await promotions.codePage("shop", "winter", window));
      return [
        await page({ backwards: false, limit: 9 }),
        await page({ backwards: false, limit: 1, behind: "shop/A" }),
        await page({ backwards: true, limit: 9, behind: "shop/C" }),
        await page({ backwards: false, limit: 9, status: "free" }),
        await page({ backwards: false, limit: 9, status: "published" }),
      ];
    },
    [["shop/A", "shop/B", "shop/C"], ["shop/B"], ["shop/B", "shop/A"], ["shop/B", "shop/C"], ["shop/A"]],
  ],
  [
    "promotions.redemptionPage",
    async ({ promotions }) => {
      const page = async (window: Parameters<typeof promotions.redemptionPage>[2]) =>
        ids(await promotions.redemptionPage("shop", "winter", window));
      return [
        await page({ newestFirst: true, limit: 9 }),
        await page({ newestFirst: true, limit: 1, behind: { at: may(2), id: "shop/r2" } }),
        await page({ newestFirst: false, limit: 2 }),
      ];
    },
    [["shop/r2", "shop/r1", "shop/r3"], ["shop/r1"], ["shop/r3", "shop/r1"]],
  ],
  [
    "promotions.dueAccounts",
    async ({ promotions }) => [
      ids(await promotions.dueAccounts("shop", may(3), 9)),
      ids(await promotions.dueAccounts("shop", may(3), 1)),
      ids(await promotions.dueAccounts("shop", may(1), 9)),
    ],
    [["shop/p2", "shop/p1"], ["shop/p2"], []],
  ],
  [
    "promotions.ofCustomer",
    async ({ promotions }) => [
      sorted(ids(await promotions.ofCustomer("shop", "codes", "shop/ann", 9))),
      sorted(ids(await promotions.ofCustomer("shop", "redemption_counts", "shop/ann", 9))),
      sorted(ids(await promotions.ofCustomer("shop", "code_redemptions", "shop/ann", 9))),
      (await promotions.ofCustomer("shop", "code_redemptions", "shop/ann", 1)).length,
    ],
    [["shop/A", "shop/D"], ["shop/n2"], ["shop/r1", "shop/r3", "shop/r4"], 1],
  ],
];
