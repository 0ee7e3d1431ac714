// Computed attributes, bound to the instant of a query: the field of each is computed from its expression when a condition names
// it.
import { withAttributes } from "../catalog/catalog.js";
import type { Attribute, Catalog } from "../catalog/model.js";
import type { Field } from "../plan/plan.js";
import { checkMeasured } from "./events.js";
import { checkExpression } from "./expression.js";
import { Failed } from "./failure.js";
import { nameOf, narrow } from "./names.js";
import { checkWindowedFigure } from "./records/figures.js";
import type { Scope } from "./scope.js";

/** The catalogue of a scope with its computed attributes bound to the scope's instant. */
export function bindComputed(scope: Scope): Catalog {
  const { catalog } = scope;
  const { computed } = catalog;
  if (computed.length === 0) return catalog;
  const inside: { -readonly [Key in keyof Scope]: Scope[Key] } = { ...scope, diagnostics: [] };
  const bound = computed.map((attribute) => lazily(attribute, () => fieldOf(inside, attribute)));
  inside.catalog = withAttributes(catalog, bound);
  return inside.catalog;
}

/** The attribute with a field that is computed when it is first read. */
function lazily(attribute: Attribute, make: () => Field): Attribute {
  let field: Field | undefined;
  return {
    ...attribute,
    get field() {
      field ??= make();
      return field;
    },
  };
}

/** The field of an attribute's expression. @throws Error if the expression is invalid, which its definition has prevented. */
function fieldOf(scope: Scope, attribute: Attribute): Field {
  const { expression, name } = attribute.computed!;
  const field = checkComputed(scope, expression);
  if (field instanceof Failed)
    throw new Error(`The expression of the computed attribute ${name} is wrong: ${field.failures[0]?.code}.`);
  return { ...field, attribute: attribute.name };
}

/** The field that an expression yields. */
function checkComputed(
  scope: Scope,
  expression: NonNullable<Attribute["computed"]>["expression"],
): Field | Failed {
  if (expression.kind === "Measure") {
    const measured = checkMeasured(scope, expression, checkExpression);
    return measured instanceof Failed ? measured : measured.field;
  }
  const named = nameOf(scope, expression);
  if (named instanceof Failed) return named;
  const { attribute } = named;
  const field =
    expression.campaign === undefined
      ? attribute.field
      : narrow(scope, attribute, expression.campaign, { condition: expression });
  if (field instanceof Failed || expression.window === undefined) return field;
  const { window } = expression;
  const figure = checkWindowedFigure(scope, { window }, attribute, field);
  return figure instanceof Failed ? figure : figure.field;
}
