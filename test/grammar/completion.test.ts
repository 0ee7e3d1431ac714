// What can be written at the end of a text, as far as the grammar knows.
import { describe, expect, it } from "vitest";
import { createCompletion } from "../../grammar/completion/completion.js";
import { operators } from "../../src/operators/index.js";

const complete = createCompletion(operators);

/** The kinds that are expected at the end of a text, each with what is typed of it. */
function kindsAt(text: string): readonly string[] {
  return complete(text, text.length).expectations.map(({ kind, typed }) => `${kind}(${typed.text})`);
}

describe("what can be written at the end", () => {
  it.each<[text: string, expected: readonly string[]]>([
    ["", ["condition()"]],
    ["not (the em", ["condition(em)", "condition(the em)"]],
    ["email st", ["condition(email st)", "value(st)", "operator(st)", "connective(st)", "clause(st)"]],
    [
      "email starts ",
      ["condition(email starts )", "value()", "operator()", "connective()", "operator(starts )", "clause()"],
    ],
    [
      "email starts with",
      [
        "condition(email starts with)",
        "value(with)",
        "operator(with)",
        "connective(with)",
        "operator(starts with)",
        "clause(with)",
      ],
    ],
    ["email starts with ", ["operator(starts with )", "value()"]],
    ["email starts with a b", ["value(a b)", "connective(b)"]],
    ['email is "a b', ["value(a b)"]],
    ['email is "a" ', ["connective()"]],
    ["created between a ", ["value(a )", "keyword()"]],
    ["created between a and b ", ["value(b )", "connective()"]],
    ["city in (a, b ", ["value(b )", "keyword()"]],
    ["points in campaign x is ", ["operator(is )", "value()"]],
    ["performed log", ["event(log)"]],
    [
      "performed login in the ",
      ["event(login in the )", "connective()", "clause()", "clause(in the )", "value(the )"],
    ],
    ["performed login 3 ", ["event(login 3 )", "connective()", "clause()", "keyword()"]],
    ["performed login where mob", ["condition(mob)"]],
    [
      "performed login where x is 1 in ",
      ["value(1 in )", "connective()", "clause()", "clause(in )", "value()"],
    ],
    ["sum of am", ["measured(am)"]],
    ["sum of amount of ord", ["event(ord)"]],
    ['sum of amount of "order" ', ["clause()", "operator()"]],
    ["sum of amount of order is ", ["operator(is )", "value()"]],
    ["last performed login mo", ["event(login mo)", "value(mo)", "operator(mo)", "clause(mo)"]],
    ["in segment V", ["segment(V)"]],
    ["in sample 1", ["share(1)"]],
    ["any of", ["condition(any of)", "value(of)", "operator(of)", "connective(of)", "clause(of)"]],
    ["any of ", ["keyword()"]],
    ["email is x ) and ", ["condition()"]],
    ["city is a # why", []],
    ["(".repeat(17), []],
  ])("%s", (text, expected) => {
    expect(kindsAt(text)).toEqual(expected);
  });

  it("reports the event of a property, and the clauses that are taken already", () => {
    const text = "performed login twice where x is 1 ";
    expect(complete(text, text.length).expectations).toMatchObject([
      { kind: "value", subject: { words: "x", event: "login" }, operator: "is", listed: [] },
      { kind: "connective", closing: [] },
      { kind: "clause", frame: { event: "login", taken: new Set(["same", "count", "then", "where"]) } },
    ]);
  });
});
