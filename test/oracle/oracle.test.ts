// The oracle decides whether the product is right, so first it is held against the conformance cases and against
// expectations computed by hand.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draws } from "../draws.js";
import { attributes, typeOf } from "./attributes.js";
import { conformanceTrees } from "./conformance-trees.js";
import { disagreement, type Evaluator, worldFiles } from "./disagreement.js";
import { evaluate } from "./evaluate.js";
import type { World } from "./folder.js";
import { conditionsOf, nodesOf, printQuery } from "./printing.js";
import { conditionArbitrary, eventArbitrary, queryArbitrary } from "./query.js";
import { comparable, comparableCountry, trimmed } from "./text.js";
import type { Clause, Query } from "./tree.js";
import { canStandBare } from "./wording.js";
import { asOfArbitrary, worldArbitrary } from "./world.js";

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../conformance/${name}.json`, import.meta.url), "utf8"));
}

const names = [
  "project",
  "customers",
  "orders",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
  "events",
];
const shop = Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as World;
const cases = read("cases") as readonly { readonly query: string; readonly members: readonly string[] }[];

describe("the conformance cases", () => {
  it("every case has its tree", () => {
    const written = conformanceTrees.map(printQuery);
    expect(cases.map(({ query }) => query).sort()).toEqual(written.sort());
  });

  it.each(conformanceTrees.map((tree) => [printQuery(tree), tree] as const))("%s", (text, tree) => {
    const found = cases.find(({ query }) => query === text);
    expect(evaluate(shop, tree, Date.parse(shop.project.asOf))).toEqual(found?.members);
  });
});

describe("text", () => {
  it.each([
    ["\u00a0 Warsaw\u0085\u3000", "warsaw"],
    // Neither a byte order mark nor a zero-width space is Unicode white space.
    ["\ufeffmarked", "\ufeffmarked"],
    ["\u200bx", "\u200bx"],
    ["İstanbul", "istanbul"],
    ["I\u0307stanbul", "istanbul"],
    // The final sigma is a letter of its own; the capital lowers to the other one wherever it is.
    ["ΟΔΟΣ", "οδοσ"],
    ["οδος", "οδος"],
    ["STRAẞE", "straße"],
    ["STRASSE", "strasse"],
    ["J\u030Cx", "\u01f0x"],
    ["\u212Aelvin", "kelvin"],
    ["𐐀", "𐐨"],
    ["Zoe\u0308", "zoë"],
  ])("%j compares as %j", (written, expected) => {
    expect(comparable(written)).toBe(expected);
  });

  it("trimming leaves the middle alone", () => {
    expect(trimmed("\t a \u00a0 b\n")).toBe("a \u00a0 b");
    expect(trimmed("\u00a0\u0085")).toBe("");
  });

  it.each([
    ["Poland", "PL"],
    [" pol ", "PL"],
    ["pl", "PL"],
    ["Narnia", "narnia"],
  ])("the country %j is %j", (written, expected) => {
    expect(comparableCountry(written)).toBe(expected);
  });

  it.each([
    ["New York", true],
    [".uk", true],
    ["o'brien", true],
    ["a.*b", true],
    ["Stratford on Avon", true],
    ["Truth or Consequences", false],
    ["unknown", false],
    ["so unknown", false],
    ["a, b", false],
    ["(x)", false],
    ["'quoted", false],
    ["#hash", false],
    ["--dash", false],
    ["two  spaces", false],
    ["is", false],
  ])("%j may stand without quotes: %s", (text, expected) => {
    expect(canStandBare(text)).toBe(expected);
  });
});

describe("random worlds and queries", () => {
  const both = worldArbitrary().chain((world) =>
    asOfArbitrary(world).chain((asOf) =>
      fc.record({
        world: fc.constant(world),
        asOf: fc.constant(asOf),
        query: queryArbitrary(world, { asOf }),
      }),
    ),
  );

  it("not is the exact complement, and order of writing never matters", () => {
    fc.assert(
      fc.property(both, ({ world, asOf, query }) => {
        const everyone = world.customers.map((customer) => customer.source_id).sort();
        const members = evaluate(world, query, asOf);
        const others = evaluate(world, { kind: "not", operand: query, word: "not" }, asOf);
        expect([...members, ...others].sort()).toEqual(everyone);
        expect(evaluate(world, turned(query), asOf)).toEqual(members);
      }),
      { numRuns: draws(2.2) },
    );
  });

  it("the queries are within the limits", () => {
    fc.assert(
      fc.property(both, ({ query }) => {
        const text = printQuery(query);
        expect(text.trim()).not.toBe("");
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(16 * 1024);
        const nodes = nodesOf(query);
        const conditions = nodes.filter(({ kind }) => /^(event|occurrence|measure|sample)$/.test(kind));
        expect(conditions.length + conditionsOf(query).length).toBeLessThanOrEqual(100);
        expect(conditions.filter(({ kind }) => kind !== "sample").length).toBeLessThanOrEqual(10);
      }),
      { numRuns: draws(2.2) },
    );
  });

  it("every attribute and every comparison occurs, plain and negated, and distinguishes customers", () => {
    const attributesSeen = new Set<string>();
    const comparisonsSeen = new Set<string>();
    let [asked, decisive] = [0, 0];
    for (const [seed, world] of fc.sample(worldArbitrary(), { numRuns: 40, seed: 1 }).entries()) {
      for (const condition of fc.sample(conditionArbitrary(world), { numRuns: 40, seed })) {
        asked += 1;
        attributesSeen.add(condition.subject.attribute);
        if (condition.subject.campaign !== undefined) attributesSeen.add("narrowed");
        const { comparison } = condition;
        const how = "how" in comparison ? comparison.how : "toward" in comparison ? comparison.toward : "";
        comparisonsSeen.add(`${condition.negated ? "not " : ""}${comparison.kind} ${how}`.trim());
        const members = evaluate(world, condition, Date.parse(world.project.asOf));
        if (members.length > 0 && members.length < world.customers.length) decisive += 1;
      }
    }
    expect([...attributesSeen].sort()).toEqual(
      [...attributes.map((attribute) => attribute.name), "metadata", "narrowed"].sort(),
    );
    const plain = [
      ...["is", "starts", "ends", "contains"].map((how) => `text ${how}`),
      ...["is", "less", "more", "at least", "at most", "between"].map((how) => `number ${how}`),
      ...["is", "before", "after", "on or before", "on or after", "between"].map((how) => `date ${how}`),
      ...["more", "less", "exactly"].map((how) => `ago ${how}`),
      ...["last", "next"].flatMap((toward) => [`window ${toward}`, `anniversary window ${toward}`]),
      ...["known", "choice", "country", "truth", "anniversary", "month", "contains", "empty"],
    ];
    expect([...comparisonsSeen].sort()).toEqual(
      [...plain, ...plain.map((one) => `not ${one}`), "size"].sort(),
    );
    expect(decisive).toBeGreaterThan(asked / 4);
  });
});

describe("random conditions on events", () => {
  const drawn = fc
    .sample(worldArbitrary(), { numRuns: 40, seed: 2 })
    .flatMap((world, seed) =>
      fc.sample(eventArbitrary(world), { numRuns: 40, seed }).map((query) => ({ world, query })),
    );

  it("every kind, clause and measure occurs, in every order", () => {
    const kinds = new Set(
      drawn.map(({ query }) => {
        switch (query.kind) {
          case "event":
            return query.negated ? "not performed" : "performed";
          case "occurrence":
            return `${query.which} performed`;
          case "measure":
            return `${query.aggregate}${query.property === undefined ? "" : " of property"}`;
          default:
            return query.kind;
        }
      }),
    );
    expect([...kinds].sort()).toEqual(
      [
        ...["performed", "not performed", "first performed", "last performed", "sample"],
        ...["count", "count of property", "sum of property", "average of property"],
        ...["min of property", "max of property"],
      ].sort(),
    );
    const clauses = drawn.flatMap(({ query }) => (query.kind === "event" ? [query.clauses] : []));
    const orders = new Set(clauses.map((each) => each.map(({ kind }) => kind).join(" ")));
    expect([...orders].sort()).toEqual(
      [
        ...["", "count", "window", "where"],
        ...["count window", "window count", "count where", "where count", "window where", "where window"],
        ...["count window where", "count where window", "window count where"],
        ...["window where count", "where count window", "where window count"],
      ].sort(),
    );
    const counts = clauses.flat().flatMap((clause) => (clause.kind === "count" ? [clause.how] : []));
    expect([...new Set(counts)].sort()).toEqual(["at least", "at most", "exactly", "less", "more"]);
    const windows = drawn
      .flatMap(({ query }) => ("clauses" in query ? query.clauses : []))
      .flatMap((clause) => (clause.kind === "window" ? [clause.written.split(" ")[0]?.toLowerCase()] : []));
    expect([...new Set(windows)].sort()).toEqual(
      [...["after", "before", "between", "in", "on", "since", "today", "within", "yesterday"]].sort(),
    );
  });

  it("every type of property occurs in a `where`", () => {
    const types = drawn.flatMap(({ world, query }) =>
      conditionsOf(query).map(({ subject }) => typeOf(subject, world.project)),
    );
    expect([...new Set(types)].sort()).toEqual(
      [
        ...["text", "number", "money", "boolean", "date", "datetime", "products"],
        ...["text set", "number set", "boolean set", "date set", "datetime set"],
      ].sort(),
    );
  });

  it("they distinguish customers", () => {
    const decisive = drawn.filter(({ world, query }) => {
      const members = evaluate(world, query, Date.parse(world.project.asOf));
      return members.length > 0 && members.length < world.customers.length;
    });
    expect(decisive.length).toBeGreaterThan(drawn.length / 4);
  });
});

/** The same query with the operands of every `and`, `or` and group the other way round. */
function turned(query: Query): Query {
  switch (query.kind) {
    case "not":
    case "parenthesis":
      return { ...query, operand: turned(query.operand) };
    case "and":
    case "or":
    case "group":
      return { ...query, operands: query.operands.map(turned).reverse() };
    case "event":
    case "measure":
      return { ...query, clauses: query.clauses.map(turnedClause).reverse() };
    default:
      return query;
  }
}

function turnedClause(clause: Clause): Clause {
  return clause.kind === "where" ? { ...clause, query: turned(clause.query) } : clause;
}

describe("the harness", () => {
  const tree = conformanceTrees.find(
    (one) => printQuery(one) === "birthday anniversary is in the next 7 days",
  );
  if (tree === undefined) throw new Error("the conformance trees have lost a case");
  const asOf = Date.parse(shop.project.asOf);

  const saying = (members: Evaluator["members"]): Evaluator[] => [{ name: "this one", members }];

  it("is silent where the product agrees, in whatever order, or is not asked", async () => {
    const reported: string[] = [];
    const evaluators = [
      { name: "this one", members: async () => ["crm-015", "crm-014"] },
      { name: "another", members: async () => undefined },
    ];
    const report = await disagreement(evaluators, shop, tree, undefined, (name) => reported.push(name));
    expect(report).toBeUndefined();
    expect(reported).toEqual(["this one"]);
  });

  it("passes the query's text and the instant", async () => {
    const asked: unknown[] = [];
    const members = async (...given: unknown[]): Promise<string[]> => {
      asked.push(given);
      return [];
    };
    await disagreement(saying(members), shop, tree);
    expect(asked).toEqual([["birthday anniversary is in the next 7 days", asOf]]);
  });

  it("names missing, surplus and duplicate customers, with their records", async () => {
    const report = await disagreement(
      saying(async () => ["crm-014", "crm-014", "crm-000"]),
      shop,
      tree,
    );
    expect(report).toContain("by this one");
    expect(report).toContain('expected ["crm-014","crm-015"], given ["crm-000","crm-014","crm-014"]');
    expect(report).toMatch(/missing crm-015: .*"birthdate":"1985-11-30"/);
    expect(report).toMatch(/surplus crm-000: .*"birthdate":"1960-01-01"/);
    expect(report).toContain("given more than once: crm-014");
  });

  it("counts a refusal as a disagreement", async () => {
    const refusing = async (): Promise<string[]> => {
      throw new Error("no such attribute");
    };
    expect(await disagreement(saying(refusing), shop, tree)).toContain("refused: no such attribute");
  });

  it("writes a world as the interchange folder's files", () => {
    const files = worldFiles(shop);
    expect([...files.keys()].sort()).toEqual(names.map((name) => `${name}.json`).sort());
    expect(JSON.parse(files.get("customers.json") ?? "")).toEqual(shop.customers);
  });
});
