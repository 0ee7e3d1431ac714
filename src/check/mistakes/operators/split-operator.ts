// `consents has at most 2`, `email not starts with x`: a word of the operator was taken for the name's last.
import { resolveName } from "../../../catalog/catalog.js";
import { operatorsByName } from "../../../operators/index.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import type { Mistake } from "../mistake.js";

/** The meaning of a bound after `no`: `no less than` is `at least`. */
const turnedBounds: Readonly<Record<string, string>> = {
  less_than: "is at least",
  more_than: "is at most",
  before: "is on or after",
  after: "is on or before",
};

export const splitOperator: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, { catalog, source }) => {
    if (condition?.kind !== "Comparison") return undefined;
    const { attribute: name, operator: use } = condition;
    const match = /^(.*\S)\s+(not|no|has|have|is|was|are|do|does|did|doesn't|isn't)$/is.exec(name.text);
    const before = match?.[1] === undefined ? undefined : resolveName(catalog, match[1]);
    if (match?.[2] === undefined || before === undefined) return undefined;
    const { type } = asNamed(before);
    const operator = operatorsByName.get(use.name);
    const bound = /^no$/i.test(match[2]) ? turnedBounds[use.name] : undefined;
    if (/^no$/i.test(match[2]) && bound === undefined) return undefined;
    if (bound !== undefined) {
      const span = source.span(name.span.end - match[2].length, use.span.end);
      return diagnostic("UNKNOWN_OPERATOR", [`${match[2]} ${use.raw}`, bound], span, {
        fix: { replacement: bound, span },
      });
    }
    const turned = /not|n't/i.test(match[2]);
    const forms = use.negated === turned ? operator?.forms : operator?.negatedForms;
    const form = operator?.tests[type] === undefined ? undefined : forms?.[0];
    const span = source.span(name.span.end - match[2].length, use.span.end);
    return diagnostic("UNKNOWN_OPERATOR", [`${match[2]} ${use.raw}`, form], span, {
      fix: form === undefined ? undefined : { replacement: form, span },
    });
  },
};
