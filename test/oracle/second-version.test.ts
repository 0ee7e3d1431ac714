// Random conditions of the second version: every kind occurs, and distinguishes customers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "./evaluate.js";
import { printQuery } from "./printing.js";
import { secondVersionArbitrary } from "./second-version.js";
import { worldArbitrary } from "./world.js";

const drawn = fc.sample(worldArbitrary(), { numRuns: 60, seed: 3 }).flatMap((world, seed) =>
  fc.sample(secondVersionArbitrary(world), { numRuns: 40, seed }).map((query) => ({
    world,
    query,
    text: printQuery(query),
  })),
);

const kinds: Readonly<Record<string, RegExp>> = {
  everyone: /^(everyone|anyone|all customers)$/i,
  "a sequence": / then (has |did )?(performed|perform|placed) /i,
  "a sequence from the first": /^first .* then /is,
  "a sequence from the last": /^last .* then /is,
  "a negative step": / then (not|never|has not|did not) /i,
  "the same property": / with the same /i,
  "another property the same": / the same as /i,
  "a step soon after": / then .* within (\d+ )?(minute|hour|day|week|month|quarter|year)s?\b/is,
  "a relative span of the calendar": /\b(this|last|previous|next) (calendar )?(week|month|quarter|year)\b/i,
  "a named span of the calendar": /\b(q[1-4]|november|nov)( \d{4})?\b/i,
  "a distance from a date": / within (\d+ )?\w+ (of|after|before) /i,
  "a window since a date": / (since|before|after|on) customer's /i,
  "another attribute": / customer's (metadata\.|\w+)/i,
  "different days": / (on|in) .*different (day|week|month|quarter|year)s/i,
  "different values": /count of different /i,
  "a figure in a window":
    /(number of orders|total spent|redemptions|referred customers) (in campaign .*)?(in the last|since|this)/i,
  "a line of an order": / item \(/i,
  "a computed attribute": /lifetime value|computed\.|home town/i,
};

describe("random conditions of the second version", () => {
  it.each(Object.entries(kinds))("%s comes up", (_, pattern) => {
    expect(drawn.filter(({ text }) => pattern.test(text)).length).toBeGreaterThan(4);
  });

  it("they distinguish customers", () => {
    const decisive = drawn.filter(({ world, query }) => {
      const members = evaluate(world, query, Date.parse(world.project.asOf));
      return members.length > 0 && members.length < world.customers.length;
    });
    expect(decisive.length).toBeGreaterThan(drawn.length / 5);
  });

  it("a sequence with one part left out is still a sequence", () => {
    const simpler = drawn.flatMap(({ query, text }) =>
      query.kind === "reading"
        ? (query.simpler?.() ?? []).map((one) => [printQuery(one), text] as const)
        : [],
    );
    expect(simpler.length).toBeGreaterThan(50);
    for (const [one, text] of simpler) {
      expect(one).toMatch(/ then /i);
      expect(one).not.toBe(text);
    }
  });
});
