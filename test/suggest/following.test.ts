// Of whatever a right query says next, the beginning is suggested: at every cursor of many queries, what follows is among the
// suggestions, as it is written or in another spelling of the same.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../grammar/parser/tokens.js";
import type { Query } from "../../grammar/tree.js";
import { catalogOf, resolveName } from "../../src/catalog/catalog.js";
import { countryCode } from "../../src/catalog/countries.js";
import { enumerationValue } from "../../src/catalog/enumerations.js";
import { findEventType } from "../../src/catalog/events.js";
import type { Catalog } from "../../src/catalog/model.js";
import { checkQuery, parseQuery } from "../../src/check/check.js";
import { operatorsByName } from "../../src/operators/index.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import type { Suggestion } from "../../src/suggest/suggestion.js";
import { nodesWithin } from "../grammar/nodes.js";
import { asOf, catalog, taken } from "./world.js";

const conformance = new URL("../conformance/", import.meta.url);
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, conformance), "utf8"));
const conformanceCatalog = catalogOf({
  _id: "x",
  project: "x",
  orderMetadataSchema: {},
  ...readJson("project.json"),
});
const queriesOf = (name: string): readonly string[] =>
  readJson(name).map(({ query }: { query: string }) => query);

const queries: readonly string[] = [
  "customer since is today",
  "the customer's email is unknown and customers performed login",
  "metadata.plan is gold or metadata.`is vip` is x or `is vip` is y",
  "metadata.city is Paris and not not city is Paris",
  "loyalty points in campaign Club is at least 5 and loyalty.balance in campaign 'The \"Best\"' > 3",
  'gift card spent in campaign "Xmas" is between 5 and 10',
  "birthday month is any of (May, June) and birthdate anniversary in the next 2 weeks",
  "created is on or after 2026-01-01 and created at is not on or before today",
  "last order exactly 2 hours ago or first order is not in the last 3 months",
  "renewal is in the last quarter and renewal is between start of year and tomorrow",
  "consents contains any of (newsletter, sms) and consents does not contain sms",
  "tags has at least 2 or tags is not empty or order has at least 3",
  'in segment "VIP" and not in segment "Big and rich" or in segment VIP',
  "in sample 25% and vip",
  'country is any of (Poland, US, "Bosnia and Herzegovina") and country is none of [France]',
  "performed page viewed more than 3 times within 2 days",
  'has performed "page viewed" where (load time is more than 3 or mobile) and url exists',
  'never performed "signed in" since yesterday',
  "did not perform checkout between 01.01.2026 and today where value > 5",
  "performed login where mobile is true at most once in the last week",
  "performed login once today and vip",
  "any of (performed login exactly twice, all of (vip, age is known), none of (city is unknown))",
  "first placed order before start of quarter",
  'last performed "page viewed" is on or before 3 days ago',
  "sum of load time of page viewed in the last 3 days is less than 3",
  "count of login since yesterday where value > 1 is more than 3",
  "count of product of order is 3",
  "count of coupon of order where coupon is x >= 3",
  "max of due of checkout is on or after today and average of value of login != 3",
  "everyone or vip and not everyone",
  "performed login then performed checkout within 3 days",
  "last performed checkout then not placed order within 1 hour and vip",
  "placed order in the last 7 days then not placed order with the same product within 1 day",
  "performed login where value > 3 then not performed checkout then performed page viewed where mobile",
  "min of amount of order where status is PAID and quantity > 2 is not known",
];

/** One stretch of a query, and whether a text says the same there. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly saysTheSame: (written: string) => boolean;
}

function sameName(catalogue: Catalog, name: string): (written: string) => boolean {
  const wanted = resolveName(catalogue, name);
  return (written) => resolveName(catalogue, written)?.attribute === wanted?.attribute;
}

function stretchesOf(catalogue: Catalog, tree: Query): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const add = (
    span: { readonly start: number; readonly end: number },
    what: string,
    saysTheSame: (written: string) => boolean,
  ): void => {
    stretches.push({ start: span.start, end: span.end, what, saysTheSame });
  };
  const visit = (value: unknown, within: Catalog): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, within);
      return;
    }
    const node = value as { readonly kind?: string } & Record<string, never>;
    switch (node.kind) {
      case "Comparison":
      case "Flag":
        addCondition(value as Parameters<typeof addCondition>[0], within);
        return;
      case "Event":
      case "Measure":
      case "Occurrence": {
        const { name, where, property, window, operator, operands = [] } = value as EventNode;
        const type = findEventType(catalogue, name.text);
        add(name.span, "event", (written) => findEventType(catalogue, unquoted(written)) === type);
        if (property !== undefined) {
          add(
            property.span,
            "property",
            (written) =>
              written.toLowerCase().startsWith(property.raw.toLowerCase()) || /^\S.* of /.test(written),
          );
        }
        if (operator !== undefined) addOperator(operator);
        for (const operand of [...(window?.operands ?? []), ...operands]) addDated(operand);
        visit(where, type?.catalog ?? within);
        return;
      }
      case "Membership":
        add((value as EventNode & { segment: Piece }).segment.span, "segment", (written) =>
          sameText(unquoted(written), (value as { segment: Piece }).segment.text),
        );
        return;
      default:
        for (const child of Object.values(value)) visit(child, within);
    }
  };
  const addOperator = (operator: Piece & { name: string; negated: boolean }): void => {
    const known = operatorsByName.get(operator.name);
    const forms = operator.negated ? known?.negatedSpellings : known?.spellings;
    add(
      operator.span,
      "operator",
      (written) => forms?.includes(written.toLowerCase().replace(/ \($/, "")) === true,
    );
  };
  const addDated = (value: Piece): void => {
    if (
      /^(?:today|yesterday|tomorrow|start of \w+|(?:this|last|next) (?!calendar)\w+|[a-z]+ 2026|q4|september|october|november)$/i.test(
        value.text,
      )
    )
      add(value.span, "date", (written) => sameText(written, value.text));
    const amount = /^(\d+\s+)[a-z]+( ago)?$/i.exec(value.text);
    if (amount?.[1] !== undefined) {
      // The number can't be known.
      const { start, end } = value.span;
      stretches.push({
        start,
        end,
        what: "length of time",
        saysTheSame: (written) => sameText(written, value.text),
      });
    }
  };
  const addCondition = (
    { attribute, campaign, operator, operands = [] }: ConditionNode,
    within: Catalog,
  ): void => {
    const noise = /^(?:(?:the|an?|customers?|customer's)\s+)*(?=\S)/i.exec(attribute.raw)?.[0].length ?? 0;
    const start = attribute.text.toLowerCase().startsWith("customer since") ? 0 : noise;
    const name = attribute.raw.slice(start);
    const bare = name.replace(/\s+(?:anniversary|month)$/i, "");
    const from = attribute.span.start + start;
    add({ start: from, end: from + bare.length }, "attribute", sameName(within, bare));
    if (bare !== name) {
      const word = name.slice(bare.length).trim();
      add({ start: attribute.span.end - word.length, end: attribute.span.end }, "aspect", (written) =>
        sameText(written, word),
      );
    }
    if (campaign !== undefined)
      add(campaign.span, "campaign", (written) => sameText(unquoted(written), campaign.text));
    if (operator !== undefined) addOperator(operator);
    const resolved = resolveName(within, name)?.attribute;
    for (const operand of operands) {
      const { values = [], type, element } = resolved ?? {};
      if (type === "country")
        add(
          operand.span,
          "country",
          (written) => countryCode(unquoted(written)) === countryCode(operand.text),
        );
      else if (type === "enumeration" || element === "enumeration")
        add(
          operand.span,
          "enumeration value",
          (written) => enumerationValue(values, unquoted(written)) === enumerationValue(values, operand.text),
        );
      else if (type === "boolean" || / month$/i.test(name))
        add(operand.span, "word", (written) => sameText(written, operand.text));
      else if (type === "date" || type === "datetime") addDated(operand);
    }
  };
  visit(tree.expression, catalogue);
  return stretches;
}

interface Piece {
  readonly text: string;
  readonly raw: string;
  readonly span: { readonly start: number; readonly end: number };
}
interface ConditionNode {
  readonly attribute: Piece;
  readonly campaign?: Piece;
  readonly operator?: Piece & { readonly name: string; readonly negated: boolean };
  readonly operands?: readonly Piece[];
}
interface EventNode {
  readonly name: Piece;
  readonly property?: Piece;
  readonly where?: unknown;
  readonly window?: { readonly operands: readonly Piece[] };
  readonly operator?: Piece & { readonly name: string; readonly negated: boolean };
  readonly operands?: readonly Piece[];
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase().replace(/\s+/g, " ") === other.toLowerCase().replace(/\s+/g, " ");
}

function unquoted(written: string): string {
  return /^["']/.test(written) ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written;
}

/** The words of the language itself: what no name, operator or value covers. */
function keywordsOf(text: string, covered: readonly { readonly start: number; readonly end: number }[]) {
  return tokenize(text).tokens.filter(
    ({ startOffset, image }) =>
      !covered.some(({ start, end }) => startOffset >= start && startOffset < end) &&
      !/^(?:the|an?|customers?|customer's)$/.test(image),
  );
}

/** True if a query begins with a text, in these words or in others for the same. */
function goesOn(query: string, beginning: string): boolean {
  const inOneForm = (text: string): string =>
    text
      .toLowerCase()
      .replace(/\s+(?=[),\]])/g, "")
      .replaceAll("[", "(")
      .replace(/\b(?:never|did not) perform(?:ed)?\b/g, "has not performed")
      .replace(/\b(?:never|did not) placed?\b/g, "has not placed")
      .replace(/\bhas (performed|placed)\b/g, "$1")
      .replace(/\bdid perform\b/g, "performed")
      .replace(/\b(first|last) placed\b/g, "$1 performed")
      .replace(/\b(?:anyone|all customers)\b/g, "everyone");
  return inOneForm(query).startsWith(inOneForm(beginning));
}

function at(catalogue: Catalog, text: string, cursor: number): readonly Suggestion[] {
  return suggestAt(catalogue, text.slice(0, cursor), cursor, { asOf, first: 100 });
}

it("the unit of different days is suggested, and what follows it", () => {
  const at = (text: string) =>
    suggestAt(catalog, text, text.length, { asOf, first: 100 }).map(({ insert }) => insert);
  expect(at("performed login on at least 3 different ")).toEqual([
    "days",
    "weeks",
    "months",
    "quarters",
    "years",
  ]);
  expect(at("performed login on at least 3 different w")).toEqual(["weeks"]);
  expect(at("performed login on at least 3 different days ")).toEqual(
    expect.arrayContaining(["and", "in the last", "where"]),
  );
});

describe.each([
  ["the conformance queries", conformanceCatalog, queriesOf("cases.json")],
  ["those of the second version", conformanceCatalog, queriesOf("cases-2.json")],
  ["queries with everything", catalog, queries],
] as const)("what follows is suggested: %s", (_, catalogue, texts) => {
  it.each(texts)("%s", (text) => {
    const { tree, diagnostics } = checkQuery(text, catalogue, asOf);
    expect(
      diagnostics.filter(({ severity, code }) => severity === "ERROR" && code !== "WRONG_CURRENCY"),
    ).toEqual([]);
    const stretches = stretchesOf(catalogue, tree);
    const missed: string[] = [];
    for (const { start, end, what, saysTheSame } of stretches) {
      // After a whole number there are units; before it, the number can't be known.
      const number = what === "length of time" ? (/^\d+\s*/.exec(text.slice(start))?.[0].length ?? 0) : 0;
      // Without a letter there are more countries than suggestions.
      const first = start + (what === "country" ? 1 : number);
      for (let cursor = first; cursor <= end; cursor += 1) {
        // Behind its closing quote a name is done.
        if (cursor === end && /["'`]$/.test(text.slice(start, end))) continue;
        const found = at(catalogue, text, cursor).some((suggestion) => {
          const after = taken(text.slice(0, cursor), suggestion);
          return suggestion.replace.start >= start && saysTheSame(after.slice(start));
        });
        if (!found) missed.push(`${what}: ${text.slice(0, cursor)}|${text.slice(cursor)}`);
      }
    }
    const covered = [
      ...stretches,
      ...nodesWithin(tree).flatMap(({ node }) => (node.kind === "Value" ? [node.span] : [])),
    ];
    for (const token of keywordsOf(text, covered)) {
      for (let cursor = token.startOffset; cursor < token.startOffset + token.image.length; cursor += 1) {
        // A mark right behind a word is suggested once the word is done.
        const before = `${text.slice(0, cursor)}${/^\W/.test(token.image) && /\w$/.test(text.slice(0, cursor)) ? " " : ""}`;
        const found = suggestAt(catalogue, before, before.length, { asOf, first: 100 }).some((suggestion) =>
          goesOn(text, taken(before, suggestion)),
        );
        if (!found) missed.push(`keyword: ${text.slice(0, cursor)}|${text.slice(cursor)}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

it("parses alone what it walks", () => {
  expect(parseQuery(queries[0] ?? "").diagnostics).toEqual([]);
});
