// The language in the browser answers as the server does: mistakes on every conformance case, suggestions at thousands of places
// of broken queries.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suggestQuery, valueSuggestions } from "../../src/suggest/data/suggest-with-values.js";
import { worldAsOf, worldFolder } from "../support/conformance-world.js";
import { type ConsoleWorld, consoleWorld } from "./world.js";

const read = (name: string) => JSON.parse(readFileSync(join(worldFolder, name), "utf8"));
const sentences: readonly string[] = [...read("cases.json"), ...read("errors.json")].map(
  ({ query }: { query: string }) => query,
);
const asOf = Date.parse(worldAsOf);
const segments = {
  VIP: "total spent is more than $100",
  "Quiet VIP": 'in segment "VIP" and orders.count is 0',
};

let world: ConsoleWorld;

beforeAll(async () => {
  world = await consoleWorld(segments);
});

afterAll(() => world?.service.stop());

describe("mistakes and the canonical form", () => {
  const check = `query($query: String!, $asOf: DateTime) {
    segmentQuery(query: $query, asOf: $asOf, values: false) {
      valid canonical
      diagnostics { code severity message expected span { start end line column } fix { replacement span { start end line column } } }
    }
  }`;

  it("equal the server's on every conformance case and error", async () => {
    const more = [
      'in segment "VIP"',
      'in segment "quiet vip" and not in segment "Nobody"',
      'not in segment "VIP',
    ];
    for (const query of [...sentences, ...more]) {
      const { body } = await world.service.ask(check, { query, asOf: worldAsOf });
      const analysis = world.language.analyse(query, asOf);
      const seen = {
        valid: analysis.valid,
        canonical: analysis.canonical ?? null,
        diagnostics: analysis.diagnostics.map(({ fix, ...diagnostic }) => ({
          ...diagnostic,
          fix: fix ?? null,
        })),
      };
      expect(seen, query).toEqual(body.data.segmentQuery);
    }
  });
});

/**
 * Sentences cut off anywhere, with a letter or a word taken out, and with a word doubled; each with the place where that was
 * done.
 */
function* brokenSentences(): Generator<{ readonly text: string; readonly cursor: number }> {
  for (const sentence of sentences) {
    for (let place = 0; place < sentence.length; place += 1) {
      yield { text: sentence.slice(0, place), cursor: place };
      yield { text: sentence.slice(0, place) + sentence.slice(place + 1), cursor: place };
    }
    for (const { index, 0: word } of sentence.matchAll(/\S+/g)) {
      const middle = index + Math.ceil(word.length / 2);
      yield { text: sentence.slice(0, middle), cursor: middle };
      yield { text: sentence.slice(0, index) + sentence.slice(index + word.length), cursor: index };
      yield { text: `${sentence.slice(0, middle)} ${sentence.slice(index)}`, cursor: middle };
    }
  }
}

describe("suggestions", () => {
  it("equal the server's at thousands of places of broken queries, including the data's values", async () => {
    const { engine } = world.service;
    const first = 15;
    let places = 0;
    for (const { text, cursor } of brokenSentences()) {
      if (text.length > 400) continue;
      const wanted = world.language.wantedValues(text, cursor);
      const values =
        wanted === undefined || wanted.search.length > 100
          ? []
          : await valueSuggestions(engine, "default", { ...wanted, first });
      const suggested = world.language.suggest(text, cursor, asOf, first, values);
      const answer = await suggestQuery(engine, "default", { query: text, cursor, first });
      expect(suggested, JSON.stringify([text, cursor])).toEqual(answer);
      places += 1;
    }
    expect(places).toBeGreaterThan(5_000);
  });
});
