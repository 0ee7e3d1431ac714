// How often a preview asks the store, for each thing that a client selects of it.
import { describe, expect, it } from "vitest";
import { watchedStore } from "../../store/watched.js";
import { runService } from "../running-service.js";

const validity = "valid canonical";
const count = "count";
const both = "count customers(first: 2) { nodes { id } }";

/** What is read beyond the project's definition and the caller's key, by the order of the calls' names. */
const cases: readonly (readonly [query: string, selection: string, reads: readonly string[]])[] = [
  ["city is Paris", validity, []],
  ["city is Paris and vip", validity, []],
  ["number of orders > 1 and performed login", validity, []],
  ["order contains mug", validity, []],
  ['in sample 10% of "spring"', validity, []],
  ["city is Paris", count, ["questions.count"]],
  ["city is Paris", both, ["questions.count", "questions.overviews"]],
  // The embedded store's own planner needs no estimates.
  ["city is Paris and vip", both, ["questions.count", "questions.overviews"]],
  // Whether the summaries are true of now is asked once.
  ["number of orders > 1", both, ["customers.summaryState", "questions.count", "questions.overviews"]],
  // An overview has no consents.
  ["city is Paris", "customers(first: 2) { nodes { id consents } }", ["questions.page"]],
  ["order contains mug", count, ["customers.summaryState", "products.keysNamedBy", "questions.count"]],
  ["performed login", both, ["questions.count", "questions.overviews"]],
  ['in sample 10% of "spring"', both, ["customers.identities", "questions.count", "questions.overviews"]],
];

describe("a preview", () => {
  it.each(cases)("of %s, of which %s is asked", async (query, selection, expected) => {
    const reads: string[] = [];
    let definitions = 0;
    const service = await runService(({ store, clock }) => ({
      clock,
      store: {
        ...watchedStore(store, (name) => {
          reads.push(name);
        }),
        getMany: (collection, ids) => {
          if (collection === "projects") definitions += 1;
          // Whether there are keys is asked for all requests of a moment together.
          else if (collection !== "api_keys") reads.push(collection);
          return store.getMany(collection, ids);
        },
      },
    }));
    try {
      const asked = `query ($query: String!) { segmentPreview(query: $query) { ${selection} } }`;
      // The service has read what it imported.
      reads.length = 0;
      definitions = 0;
      const { body } = await service.ask(asked, { query });
      expect(body.errors).toBeUndefined();
      expect(reads.toSorted()).toEqual(expected);
      expect(definitions).toBeLessThanOrEqual(1);
    } finally {
      await service.stop();
    }
  });
});
