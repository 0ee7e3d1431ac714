// Cases of reads of distributions and their messages.
import type { MessageStatus } from "../../../src/documents/message-documents.js";
import { ids, type ReadCase, sorted } from "./case.js";
import { may } from "./world.js";

export const messagingCases: readonly ReadCase[] = [
  [
    "messaging.distributions",
    async ({ messaging }) => ids(await messaging.distributions("shop")),
    ["shop/autumn", "shop/spring", "shop/summer", "shop/winter"],
  ],
  [
    "messaging.openDistributions",
    async ({ messaging }) => ids(await messaging.openDistributions("shop")),
    ["shop/spring", "shop/summer"],
  ],
  [
    "messaging.awaitingEvents",
    async ({ messaging }) => ids(await messaging.awaitingEvents("shop")),
    ["shop/autumn", "shop/spring"],
  ],
  [
    "messaging.dueMessages",
    async ({ messaging }) => [
      ids(await messaging.dueMessages("shop", "d1", may(3), 9)),
      ids(await messaging.dueMessages("shop", "d1", may(3), 1)),
      ids(await messaging.dueMessages("shop", "d1", may(1), 9)),
    ],
    [["shop/m2", "shop/m1"], ["shop/m2"], []],
  ],
  [
    "messaging.messagesDueBetween",
    async ({ messaging }) => {
      const due = async (statuses: readonly MessageStatus[], from: number, before: number, limit = 9) =>
        ids(
          await messaging.messagesDueBetween("shop", "d1", {
            ...{ statuses, from: may(from), before: may(before), limit },
          }),
        );
      return [
        await due(["planned"], 2, 4),
        await due(["planned", "sent"], 1, 5),
        await due(["planned", "sent"], 1, 5, 2),
        await due(["no_consent"], 2, 5),
      ];
    },
    [["shop/m2", "shop/m1"], ["shop/m4", "shop/m2", "shop/m1", "shop/m3"], ["shop/m4", "shop/m2"], []],
  ],
  [
    "messaging.messagePage",
    async ({ messaging }) => {
      const page = async (window: Parameters<typeof messaging.messagePage>[2]) =>
        ids(await messaging.messagePage("shop", "d1", window));
      return [
        await page({ backwards: false, limit: 9 }),
        await page({ backwards: false, limit: 2, behind: "shop/m1" }),
        await page({ backwards: true, limit: 2, behind: "shop/m4" }),
        await page({ backwards: false, limit: 9, statuses: ["sent", "no_consent"] }),
        await page({ backwards: true, limit: 1, statuses: ["planned"] }),
        await page({ backwards: false, limit: 9, statuses: [] }),
      ];
    },
    [
      ["shop/m1", "shop/m2", "shop/m3", "shop/m4", "shop/m5"],
      ["shop/m2", "shop/m3"],
      ["shop/m3", "shop/m2"],
      ["shop/m4", "shop/m5"],
      ["shop/m3"],
      [],
    ],
  ],
  [
    "messaging.statusCounts",
    async ({ messaging }) => [
      await messaging.statusCounts("shop", "d1"),
      await messaging.statusCounts("shop", "d3"),
    ],
    [{ planned: 3, sent: 1, no_consent: 1 }, {}],
  ],
  [
    "messaging.ofCustomer",
    async ({ messaging }) => [
      sorted(ids(await messaging.ofCustomer("shop", "shop/ann", 9))),
      (await messaging.ofCustomer("shop", "shop/ann", 1)).length,
    ],
    [["shop/m1", "shop/m6"], 1],
  ],
];
