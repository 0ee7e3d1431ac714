// Cases of reads of keys, the audit log, replayed answers, jobs, and sources.
import { ids, type ReadCase, sorted } from "./case.js";
import { may } from "./world.js";

export const accessCases: readonly ReadCase[] = [
  ["access.keys", async ({ access }) => sorted(ids(await access.keys("shop"))), ["shop/k1", "shop/k2"]],
  [
    "access.auditPage",
    async ({ access }) => [
      ids(await access.auditPage("shop", { newestFirst: true, limit: 2 })),
      ids(
        await access.auditPage("shop", {
          newestFirst: true,
          limit: 2,
          behind: { at: may(2), id: "shop/a3" },
        }),
      ),
      ids(await access.auditPage("shop", { newestFirst: false, limit: 9 })),
    ],
    [
      ["shop/a3", "shop/a2"],
      ["shop/a2", "shop/a1"],
      ["shop/a1", "shop/a2", "shop/a3"],
    ],
  ],
  [
    "access.expiredAnswers",
    async ({ access }) => [
      await access.expiredAnswers("shop", may(2), 10),
      (await access.expiredAnswers("shop", may(4), 1)).length,
    ],
    [["shop/x1"], 1],
  ],
  ["jobs.ofProject", async ({ jobs }) => sorted(ids(await jobs.ofProject("shop"))), ["shop/j1", "shop/j2"]],
  ["sources.all", async ({ sources }) => sorted(ids(await sources.all("shop"))), ["s1", "s2"]],
  [
    "sources.recordIds",
    async ({ sources }) => [
      sorted(await sources.recordIds("shop", { source: "s1" }, 9)),
      sorted(await sources.recordIds("shop", { customer: "shop/ann" }, 9)),
      (await sources.recordIds("shop", { source: "s1" }, 1)).length,
    ],
    [["shop/n1", "shop/n2"], ["shop/n1", "shop/n3"], 1],
  ],
];
