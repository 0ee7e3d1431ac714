// What the check of a query returns.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { Query } from "../../grammar/tree.js";
import type { Plan } from "../plan/plan.js";
import type { Checked } from "./expression.js";
import type { AskedValue } from "./scope.js";

/** A query checked. `plan`, `canonical` and `checked` are there if it has no errors; warnings don't count. */
export type CheckedQuery =
  | ReadQuery
  | (CheckedTree & {
      readonly plan?: undefined;
      readonly canonical?: undefined;
      readonly checked?: undefined;
    });

export interface ReadQuery extends CheckedTree {
  readonly plan: Plan;
  readonly canonical: string;
  readonly checked: Checked;
}

interface CheckedTree {
  /** As it is written. */
  readonly tree: Query;
  /** What is meant, in place of `tree`, where synonyms are read as the language's words; its spans are in the text as written. */
  readonly meant?: Query | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The values that customers are asked to have, in the order of the text. */
  readonly asked: readonly AskedValue[];
}
