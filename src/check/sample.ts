// `in sample 10% of "spring-test"`: the share becomes a bound on the customers' numbers in the sample.
import type { Sample, Value } from "../../grammar/tree.js";
import type { PlanNode } from "../plan/plan.js";
import { trimText } from "../plan/text.js";
import { unstorableIn } from "../plan/unstorable.js";
import { Failed, fail } from "./failure.js";
import type { CheckedCondition } from "./scope.js";

/** A sample's condition. */
export function checkSample(node: Sample): CheckedCondition<Sample> | Failed {
  const share = readShare(node.share);
  if (share instanceof Failed) return share;
  const name = node.name?.text ?? "";
  const refused = unstorableIn(name);
  if (refused !== undefined) return fail("UNSTORABLE_TEXT", [refused.what], node.name?.span ?? node.span);
  return {
    plan: sampleNode(name, share.bound),
    canonical: { ...node, share: { ...node.share, text: share.canonical } },
  };
}

function sampleNode(name: string, bound: number): PlanNode {
  if (bound === 0) return { kind: "constant", value: false };
  if (bound === 2 ** 32) return { kind: "constant", value: true };
  return {
    kind: "predicate",
    field:
      name === ""
        ? { attribute: "sample", scope: "profile", path: "sample" }
        : { attribute: `sample of ${JSON.stringify(name)}`, scope: "profile", path: "sample", sample: name },
    test: { kind: "range", to: { value: bound, inclusive: false } },
  };
}

/** A percentage, from 0% to 100%, as the least whole number that is greater than all sample numbers below the share. */
function readShare(value: Value): { readonly bound: number; readonly canonical: string } | Failed {
  const match = /^(\d{1,3})(?:\.(\d{1,12}))?\s*(%?)$/.exec(trimText(value.text));
  const [, whole = "", fraction = "", mark = ""] = match ?? [];
  const units = BigInt(whole + fraction);
  const hundred = 100n * 10n ** BigInt(fraction.length);
  if (match === null || mark === "" || units > hundred) {
    const written =
      match !== null && mark === "" && units <= hundred ? `${trimText(value.text)}%` : undefined;
    return fail("NOT_A_SHARE", [value.text, written], value.span, { expected: ["a percentage"], value });
  }
  // Rounded up: whole numbers less than the exact share are those less than this.
  const bound = Number((units * 2n ** 32n + hundred - 1n) / hundred);
  const digits = fraction.replace(/0+$/, "");
  return { bound, canonical: `${Number(whole)}${digits === "" ? "" : `.${digits}`}%` };
}
