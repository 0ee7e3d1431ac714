// A sentence whose words are synonyms is shown as what it means, and changed where it is written.
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
      { from: 0, to: 31, upTo: "performed email opened in the last 7 days", without: "vip" },
      { from: 36, to: 39, without: "performed email opened in the last 7 days" },
    ]);
  });

  it("are rows of the form, of which that can be changed which is written as it is meant", () => {
    const vip = ["vip", "suggest", "metadata.vip"];
    expect(rowsOf(analyse("revenue > 1000 and not vip").form)).toEqual([
      [["1000", "money", "orders.total_amount"]],
      [vip],
    ]);
    expect(rowsOf(analyse("country isn't Poland").form)).toEqual([[]]);
    expect(rowsOf(analyse("vip and opened email in the last 7 days").form)).toEqual([
      [vip],
      [["7 days", "duration", undefined]],
    ]);
  });

  it.each(["never opened email", "unsubscribed from newsletter", "from Poland"])(
    "are taken out of the form as they are written: %s",
    (written) => {
      const analysis = analyse(`vip and ${written}`);
      const { text } = analysis;
      const form = analysis.form as RowGroup;
      expect(analysis.valid).toBe(true);
      expect(form).toMatchObject({
        kind: "group",
        children: [{ kind: "row" }, { from: 8, to: text.length }],
      });
      const taken = removeNode({ text, comments: [] }, form, form.children[1]!);
      expect(applyEdits(text, taken)).toBe("vip");
    },
  );
});
