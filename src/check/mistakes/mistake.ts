// What a common mistake is: how it is recognised from a failure, or in a condition that checks, and what is reported.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { ValueType } from "../../plan/literals.js";
import type { Failure } from "../failure.js";
import type { Code } from "../messages.js";
import type { Reading, Scope } from "../scope.js";

/** A mistake that makes a rule fail. */
export interface Mistake {
  /** The codes of the failures that it may cause. */
  readonly of: readonly Code[];
  /**
   * What is reported instead of the failure: nothing for a consequence of a mistake that was reported already. Undefined if the
   * failure has another cause.
   */
  readonly recognise: (failure: Failure, scope: Scope) => Diagnostic | "consequence" | undefined;
}

/** A condition that checks but is hardly what anyone means, judging by its values. */
export interface Suspicion {
  /** The types of values that it concerns; for a set, the type of its elements. */
  readonly of: readonly ValueType[];
  readonly suspect: (reading: Reading, scope: Scope) => readonly Diagnostic[];
}
