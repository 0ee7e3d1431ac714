// A sentence whose words are synonyms is shown as what it means: in the form, with the language's own words.
import { describe, expect, it } from "vitest";
import { applyEdits, removeNode } from "../../src/console/language/edits.js";
import type { FormNode, RowGroup } from "../../src/console/language/protocol.js";
import { languageOf } from "../../src/console/language/service.js";

const language = languageOf({
  project: "default",
  timezone: "Europe/Warsaw",
  currency: "EUR",
  customerMetadata: [{ name: "vip", type: "boolean" }],
  orderMetadata: [],
  events: [{ name: "email opened", properties: [] }],
  consents: ["newsletter"],
  campaigns: {},
  segments: [],
});
const analyse = (text: string) => language.analyse(text, Date.parse("2026-11-23T12:00:00Z"));

const rowsOf = (node: FormNode | undefined): readonly unknown[] =>
  node === undefined
    ? []
    : node.kind === "row"
      ? [node.parts.map(({ text, control, attribute }) => [text, control.kind, attribute])]
      : (node.kind === "not" ? [node.child] : node.children).flatMap(rowsOf);

describe("synonyms", () => {
  it("mention the attributes that are meant, and are asked as such", () => {
    expect(analyse("revenue > 1000").mentions).toEqual(["orders.total_amount"]);
    expect(analyse("opened email in the last 7 days and vip").clauses).toMatchObject([
      {
        from: 0,
        to: 31,
        upTo: "performed email opened in the last 7 days",
        without: "vip",
        onlyOutside: "not performed email opened in the last 7 days and vip",
      },
      {
        from: 36,
        to: 39,
        without: "performed email opened in the last 7 days",
        onlyOutside: "performed email opened in the last 7 days and not vip",
      },
    ]);
  });

  it("are rows of the form as the words that are meant", () => {
    const vip = ["vip", "suggest", "metadata.vip"];
    const formed = (text: string) => rowsOf(analyse(text).meant?.form);
    expect(formed("revenue > 1000 and not vip")).toEqual([
      [
        ["orders.total_amount", "suggest", "orders.total_amount"],
        [">", "operator", undefined],
        ["1000", "money", "orders.total_amount"],
      ],
      [vip],
    ]);
    expect(formed("country isn't Poland")).toEqual([
      [
        ["country", "suggest", "country"],
        ["is not", "operator", undefined],
        ["Poland", "suggest", "country"],
      ],
    ]);
    expect(formed("vip and opened email in the last 7 days")).toEqual([
      [vip],
      [
        ["email opened", "suggest", undefined],
        ["7 days", "duration", undefined],
      ],
    ]);
  });

  it("leave a text without them as it is", () => {
    expect(analyse("total spent > 1000").meant).toBeUndefined();
    expect(rowsOf(analyse("total spent > 1000").form)).toHaveLength(1);
  });

  it.each(["never opened email", "unsubscribed from newsletter", "from Poland"])(
    "are taken out of the form: %s",
    (written) => {
      const { text, form } = analyse(`vip and ${written}`).meant!;
      const group = form as RowGroup;
      expect(group).toMatchObject({ kind: "group", children: [{ kind: "row" }, {}] });
      const taken = removeNode({ text, comments: [] }, group, group.children[1]!);
      expect(applyEdits(text, taken)).toBe("vip");
    },
  );
});
