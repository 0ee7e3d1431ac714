// Tree and catalogue to plan, or to everything that is wrong. Reports all mistakes at once, each at its place.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { createFormatter } from "../../grammar/format.js";
import { limits } from "../../grammar/limits.js";
import { createParser } from "../../grammar/parser/parser.js";
import { Source } from "../../grammar/source.js";
import type { Query } from "../../grammar/tree.js";
import type { Catalog } from "../catalog/model.js";
import { operators } from "../operators/index.js";
import type { Plan } from "../plan/plan.js";
import { type Checked, checkExpression } from "./expression.js";
import { newNesting } from "./membership.js";
import type { AskedValue, Scope } from "./scope.js";

/** A query checked. `plan`, `canonical` and `checked` are there if it has no errors; warnings don't count. */
export type CheckedQuery =
  | (CheckedTree & { readonly plan: Plan; readonly canonical: string; readonly checked: Checked })
  | (CheckedTree & {
      readonly plan?: undefined;
      readonly canonical?: undefined;
      readonly checked?: undefined;
    });

interface CheckedTree {
  readonly tree: Query;
  readonly diagnostics: readonly Diagnostic[];
  /** The values that customers are asked to have, in the order of the text. */
  readonly asked: readonly AskedValue[];
}

/** The language's parser. */
export const parseQuery = createParser(operators);

/** Prints a tree in the language's one form, names as they are. */
export const formatQuery = createFormatter(operators);

/**
 * Parses and checks a text against a catalogue, at one instant.
 * @param asOf milliseconds since the epoch; every part of the query sees it.
 * @param ofSegment the id of the segment whose query it is: it can't name that segment, nor one that does.
 */
export function checkQuery(text: string, catalog: Catalog, asOf: number, ofSegment?: string): CheckedQuery {
  const { tree, diagnostics: syntax } = parseQuery(text);
  const source = new Source(text);
  const segments = newNesting(ofSegment);
  const asked: AskedValue[] = [];
  const scope: Scope = { catalog, asOf, diagnostics: [...syntax], source, segments, asked };
  const checked = checkExpression(scope, tree.expression);
  const diagnostics = bounded(scope.diagnostics).toSorted((one, other) => one.span.start - other.span.start);
  if (checked === undefined || diagnostics.some(({ severity }) => severity === "ERROR"))
    return { tree, diagnostics, asked };
  let canonical: string | undefined;
  return {
    tree,
    diagnostics,
    asked,
    plan: { version: 1, project: catalog.project, asOf, where: checked.plan },
    // Printed when it is asked for: an editor wants the diagnostics alone, at every key.
    get canonical() {
      canonical ??= formatQuery({ ...tree, expression: checked.canonical });
      return canonical;
    },
    checked,
  };
}

/** No more diagnostics than anyone reads; errors go before warnings. */
function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= limits.diagnostics) return diagnostics;
  return diagnostics
    .toSorted((one, other) => one.severity.localeCompare(other.severity))
    .slice(0, limits.diagnostics);
}
