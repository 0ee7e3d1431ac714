// `email LIKE '%@gmail.com'`, `city is War*`: the patterns of SQL and of file names at an end of a text.
import { quoteValue } from "../../../../grammar/format.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { phrase } from "../phrase.js";
import { textTypes } from "../value.js";

interface Pattern {
  readonly operator: readonly [plain: string, negated: string];
  readonly rest: string;
}

/** The operator that a pattern means; undefined for a text without wildcards, or with one in its middle. */
function patternIn(text: string): Pattern | undefined {
  const match = /^([%*]?)([^%*]+)([%*]?)$/.exec(text);
  const [, before = "", rest = "", after = ""] = match ?? [];
  if (match === null || before + after === "" || !/[\p{L}\p{N}]/u.test(rest)) return undefined;
  // `50%` is a share.
  if (before === "" && after === "%" && /^\d+$/.test(rest)) return undefined;
  if (before !== "" && after !== "") return { operator: ["contains", "does not contain"], rest };
  return before === ""
    ? { operator: ["starts with", "does not start with"], rest }
    : { operator: ["ends with", "does not end with"], rest };
}

/** `email LIKE '%@gmail.com'`. */
export const likePattern = phrase(
  /^(?<name>.+?) (?<not>not |does not |is not )?(?:like|ilike|similar to|matches|rlike|~\*?|glob) (?<quote>["']?)(?<text>.+?)["']?$/i,
  ({ name, not, text }) => {
    const bare = text!.replace(/^\^/, "").replace(/\.\*/g, "*").replace(/\$$/, "");
    const found = patternIn(bare) ?? patternIn(text!);
    const operator =
      found?.operator ??
      (text!.startsWith("^") ? ["starts with", "does not start with"] : ["contains", "does not contain"]);
    const rest = found?.rest ?? bare;
    return [`${name} ${operator[not === "" ? 0 : 1]} ${quoteValue(rest)}`];
  },
);

/** A pattern as the value of an operator that doesn't take patterns. */
export const patternAsText: Suspicion = {
  of: textTypes,
  suspect: ({ operation: { operator, operands }, wanted }, { source }) => {
    const [value] = operands;
    if (value === undefined || !/[%*]/.test(value.text) || wanted.type === "set") return [];
    if (!["is", "contains", "starts_with", "ends_with"].includes(operator.name)) return [];
    const found = patternIn(value.text);
    if (found === undefined) return [];
    const form = operator.name === "is" ? found.operator[operator.negated ? 1 : 0] : operator.raw;
    const span = source.span(operator.span.start, value.span.end);
    const replacement = `${form} ${quoteValue(found.rest)}`;
    return [
      diagnostic("PATTERN_IN_TEXT", [value.raw, replacement], value.span, { fix: { replacement, span } }),
    ];
  },
};
