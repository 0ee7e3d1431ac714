// Suggestions, over HTTP, on the conformance world.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

describe("segmentQuerySuggestions", () => {
  const query = `query($query: String!, $cursor: Int!, $first: Int) {
    segmentQuerySuggestions(query: $query, cursor: $cursor, first: $first) {
      kind label insert replace { start end } documentation
    }
  }`;

  it("lists what may be written, and what that replaces", async () => {
    const { body } = await service.ask(query, { query: "emial is x and tot", cursor: 18, first: 1 });
    expect(body).toEqual({
      data: {
        segmentQuerySuggestions: [
          {
            kind: "ATTRIBUTE",
            label: "total amount of customer orders",
            insert: "total amount of customer orders",
            replace: { start: 15, end: 18 },
            documentation:
              "Money. Also: total amount of customer orders, total amount of orders, total spent, amount spent.",
          },
        ],
      },
    });
  });

  it("knows the data's values, and the project's events", async () => {
    const labels = async (text: string) => {
      const { body } = await service.ask(query, { query: text, cursor: text.length });
      return body.data.segmentQuerySuggestions.map(({ label }: { label: string }) => label);
    };
    expect(await labels("city is new")).toEqual(["New York"]);
    expect((await labels("performed ")).slice(0, 2)).toEqual(["order", "page viewed"]);
    expect(await labels("performed login where url contains /pricing/e")).toEqual(["/pricing/enterprise"]);
    expect(await labels("")).toHaveLength(20);
  });

  it("refuses a place outside the text", async () => {
    const { status, body } = await service.ask(query, { query: "vip", cursor: 9 });
    expect(status).toBe(200);
    expect(body.errors[0]).toMatchObject({
      message: "`cursor` is 9; give an offset from 0 to 3, the length of the query in UTF-16 units.",
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});

describe("segmentValueSuggestions", () => {
  const query = `query($attribute: String!, $search: String, $first: Int, $event: String) {
    segmentValueSuggestions(attribute: $attribute, search: $search, first: $first, event: $event) { value insert count }
  }`;
  const ask = async (variables: object) => (await service.ask(query, variables)).body;

  it("names the most frequent values", async () => {
    const { data } = await ask({ attribute: "country", first: 2 });
    const [first, second] = data.segmentValueSuggestions;
    expect(first.count).toBeGreaterThanOrEqual(second.count);
    expect(await ask({ attribute: "city", search: "new" })).toMatchObject({
      data: { segmentValueSuggestions: [{ value: "New York", insert: "New York" }] },
    });
    const urls = await ask({ attribute: "url", event: "login", search: "/pricing/" });
    expect(urls).toMatchObject({ data: { segmentValueSuggestions: [{ value: "/pricing/enterprise" }] } });
  });

  it("refuses unknown names", async () => {
    expect((await ask({ attribute: "emial" })).errors[0]).toMatchObject({
      message: "There is no attribute `emial`. Did you mean `email`?",
      extensions: { code: "BAD_USER_INPUT" },
    });
    expect((await ask({ attribute: "city", first: 101 })).errors[0].message).toBe(
      "`first` is 101; ask for 1 to 100 suggestions at once.",
    );
  });
});
