// What the form changes in a text: the stretch that it is about, and nothing else.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addCondition,
  addGroup,
  applyEdits,
  joinOtherwise,
  negateNode,
  removeNode,
} from "../../src/console/language/edits.js";
import type { Analysis, Edit, FormNode, RowGroup } from "../../src/console/language/protocol.js";
import { languageOf } from "../../src/console/language/service.js";
import { draws } from "../draws.js";

const language = languageOf({
  project: "default",
  timezone: "Europe/Warsaw",
  currency: "USD",
  customerMetadata: [{ name: "vip", type: "boolean" }],
  orderMetadata: [],
  events: [{ name: "login", properties: [{ name: "device", type: "string" }] }],
  consents: ["newsletter"],
  campaigns: {},
  segments: [],
});
const asOf = Date.parse("2026-11-23T12:00:00Z");

function analyse(text: string): Analysis {
  return language.analyse(text, asOf);
}

function written(analysis: Analysis) {
  return { text: analysis.text, comments: analysis.tokens.filter(({ role }) => role === "comment") };
}

/** The node whose text is this, the outermost first. */
function nodeOf(analysis: Analysis, wanted: string): FormNode {
  const walk = (node: FormNode | undefined): FormNode | undefined => {
    if (node === undefined || analysis.text.slice(node.from, node.to) === wanted) return node;
    const children = node.kind === "group" ? node.children : node.kind === "not" ? [node.child] : [];
    for (const child of children) {
      const found = walk(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const found = walk(analysis.form);
  if (found === undefined) throw new Error(`Nothing in the form is \`${wanted}\`.`);
  return found;
}

type Change = (analysis: Analysis) => readonly Edit[];

const remove =
  (wanted: string): Change =>
  (analysis) =>
    removeNode(written(analysis), analysis.form!, nodeOf(analysis, wanted));
const negate =
  (wanted: string): Change =>
  (analysis) =>
    negateNode(written(analysis), analysis.form!, nodeOf(analysis, wanted));
const join =
  (wanted: string, how: RowGroup["join"]): Change =>
  (analysis) =>
    joinOtherwise(written(analysis), nodeOf(analysis, wanted) as RowGroup, how);
const add =
  (wanted: string): Change =>
  (analysis) =>
    addCondition(written(analysis), nodeOf(analysis, wanted), "city is Rome");

describe("a change in the form", () => {
  it.each<[string, string, Change, string]>([
    ["takes out the first", "vip and city is Paris", remove("vip"), "city is Paris"],
    ["takes out the last", "vip and city is Paris", remove("city is Paris"), "vip"],
    [
      "takes out one between",
      "vip and age_known is x and city is Paris",
      remove("vip"),
      "age_known is x and city is Paris",
    ],
    ["takes out one with its parentheses", "vip or ((city is Paris))", remove("city is Paris"), "vip"],
    [
      "takes out a group with its parentheses",
      "vip and (city is Paris or city is Rome)",
      remove("city is Paris or city is Rome"),
      "vip",
    ],
    [
      "takes out an element of a group",
      "any of (vip, city is Paris)",
      remove("vip"),
      "any of (city is Paris)",
    ],
    ["takes out a group whose last goes", "vip and any of (city is Paris)", remove("city is Paris"), "vip"],
    ["takes out what is negated", "vip and not city is Paris", remove("city is Paris"), "vip"],
    ["takes out all", "not vip", remove("vip"), ""],
    [
      "leaves a comment before what goes",
      "vip -- people we like\nand city is Paris",
      remove("city is Paris"),
      "vip -- people we like\n",
    ],
    [
      "leaves a comment behind the first, that goes",
      "vip -- and more\nand city is Paris # home",
      remove("vip"),
      " -- and more\n city is Paris # home",
    ],
    ["negates a condition", "vip and city is Paris", negate("city is Paris"), "vip and not city is Paris"],
    ["takes a negation back", "vip and not city is Paris", negate("city is Paris"), "vip and city is Paris"],
    [
      "negates the whole",
      "vip and city is Paris",
      negate("vip and city is Paris"),
      "not (vip and city is Paris)",
    ],
    [
      "negates a group in parentheses",
      "vip and (city is Paris or city is Rome)",
      negate("city is Paris or city is Rome"),
      "vip and not (city is Paris or city is Rome)",
    ],
    [
      "joins otherwise",
      "vip and city is Paris and vip",
      join("vip and city is Paris and vip", "or"),
      "vip or city is Paris or vip",
    ],
    [
      "joins otherwise, whatever comments say",
      "vip -- this and that\nand city is Paris",
      join("vip -- this and that\nand city is Paris", "or"),
      "vip -- this and that\nor city is Paris",
    ],
    [
      "joins a quantified group otherwise",
      "any of (vip, city is Paris)",
      join("any of (vip, city is Paris)", "none"),
      "none of (vip, city is Paris)",
    ],
    [
      "adds to a group",
      "vip or city is Paris",
      add("vip or city is Paris"),
      "vip or city is Paris or city is Rome",
    ],
    ["adds to a quantified group", "any of (vip)", add("any of (vip)"), "any of (vip, city is Rome)"],
    ["adds to a single condition", "(vip)", add("vip"), "(vip) and city is Rome"],
  ])("%s", (_title, text, change, expected) => {
    const analysis = analyse(text);
    expect(applyEdits(text, change(analysis))).toBe(expected);
  });

  it("begins an empty sentence", () => {
    const analysis = analyse("-- nothing yet");
    expect(applyEdits(analysis.text, addGroup(written(analysis), analysis.form, "vip"))).toBe(
      "-- nothing yet\nany of (vip)",
    );
  });
});

const leaf = fc.constantFrom(
  "vip",
  "city is Paris",
  "performed login at least 2 times in the last 7 days",
  "orders.count > 2",
  "country is any of (Poland, France)",
);
const comment = fc.constantFrom("", "", "", " -- one and two\n", "\n# or three, four\n");
const { sentence } = fc.letrec<{ sentence: string }>((tie) => ({
  sentence: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .tuple(tie("sentence"), fc.constantFrom("and", "or"), comment, tie("sentence"))
      .map(([left, word, between, right]) => `(${left})${between} ${word} (${right})`),
    tie("sentence").map((inside) => `not (${inside})`),
    fc
      .tuple(fc.constantFrom("all", "any", "none"), tie("sentence"), tie("sentence"))
      .map(([word, one, other]) => `${word} of (${one}, ${other})`),
  ),
}));

function nodesOf(node: FormNode): readonly FormNode[] {
  const children = node.kind === "group" ? node.children : node.kind === "not" ? [node.child] : [];
  return [node, ...children.flatMap(nodesOf)];
}

function hasErrors(analysis: Analysis): boolean {
  return analysis.diagnostics.some(({ severity }) => severity === "ERROR");
}

describe("any change of any sentence", () => {
  it("leaves a sentence without errors, and every comment", () => {
    fc.assert(
      fc.property(sentence, fc.nat(), fc.nat(3), (text, place, kind) => {
        const analysis = analyse(text);
        fc.pre(analysis.form !== undefined && !hasErrors(analysis));
        const nodes = nodesOf(analysis.form!);
        const node = nodes[place % nodes.length]!;
        const changes: readonly (() => readonly Edit[])[] = [
          () => removeNode(written(analysis), analysis.form!, node),
          () => negateNode(written(analysis), analysis.form!, node),
          () => addCondition(written(analysis), node, "city is Rome"),
          () =>
            node.kind === "group"
              ? joinOtherwise(written(analysis), node, node.join === "or" ? "and" : "or")
              : [],
        ];
        const changed = applyEdits(text, changes[kind]!());
        const after = analyse(changed);
        if (changed.replace(/(?:--|#).*$/gm, "").trim() !== "")
          expect([changed, after.diagnostics.filter(({ severity }) => severity === "ERROR")]).toEqual([
            changed,
            [],
          ]);
        if (kind !== 0) {
          const comments = (analysis: Analysis) =>
            written(analysis).comments.map(({ from, to }) => analysis.text.slice(from, to));
          expect(comments(after)).toEqual(comments(analysis));
        }
      }),
      { numRuns: draws(100), seed: 15 },
    );
  });
});
