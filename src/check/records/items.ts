// `item (…)` in a `where` on orders: one line of the order passes all of it.
import type { Expression, Item } from "../../../grammar/tree.js";
import type { Field, PlanNode, Test } from "../../plan/plan.js";
import { Failed, fail } from "../failure.js";
import type { CheckedCondition, Scope } from "../scope.js";

type CheckPart = (
  scope: Scope,
  node: Expression,
) => { readonly plan: PlanNode; readonly canonical: Expression } | undefined;

/** @param checkPart the check of an expression, passed in; it reports what is wrong inside the brackets. */
export function checkItem(scope: Scope, node: Item, checkPart: CheckPart): CheckedCondition<Item> | Failed {
  const { within } = scope;
  const line = within?.type.line;
  if (within === undefined || line === undefined) return fail("NO_ITEMS", [within?.type.name], node.span);
  const inside = { ...scope, catalog: line.catalog, within: { ...within, type: line } };
  const checked = checkPart(inside, node.operand);
  if (checked === undefined) return new Failed([]);
  return {
    plan: { kind: "line", path: "facts.lines", where: checked.plan },
    canonical: { ...node, operand: checked.canonical },
  };
}

/** A test of a line's product: equality for its id and its SKU, the test itself for its name. */
export function testOfProduct(field: Field, test: Test): PlanNode {
  const on = (path: string, tested: Test): PlanNode => ({
    kind: "predicate",
    // Each is a separate fact: conditions on one fact are merged.
    field: { ...field, attribute: `product ${path}`, path },
    test: tested,
  });
  if (test.kind === "hasAny") {
    const texts = test.values.map(({ from }) => String(from));
    return {
      kind: "or",
      operands: texts.map((text) => testOfProduct(field, { kind: "contains", text })),
    };
  }
  const ofIds = test.kind === "contains" ? ({ kind: "oneOf", values: [test.text] } as const) : test;
  return { kind: "or", operands: [on("product_id", ofIds), on("sku", ofIds), on("name", test)] };
}
