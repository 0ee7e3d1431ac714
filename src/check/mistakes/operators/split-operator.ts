// `consents has at most 2`, `email not starts with x`: a word of the operator was taken for the name's last.
import { resolveName } from "../../../catalog/catalog.js";
import { operatorsByName } from "../../../operators/index.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import { meantBy } from "../guess.js";
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
    const forms = use.negated === turned ? operator?.spellings : operator?.negatedSpellings;
    const form = operator?.tests[type] === undefined ? undefined : forms?.[0];
    const span = source.span(name.span.end - match[2].length, use.span.end);
    return diagnostic("UNKNOWN_OPERATOR", [`${match[2]} ${use.raw}`, form], span, {
      fix: form === undefined ? undefined : { replacement: form, span },
    });
  },
};

/** `total spent over 1000`: four digits behind the words, which were read as a year. */
export const numberAsYear: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    if (condition?.kind !== "Comparison" || condition.operator.name !== "in_period") return undefined;
    const { attribute, operator, operands, span } = condition;
    const [value] = operands;
    if (value === undefined || operator.negated || !/^\d{4}$/.test(value.text)) return undefined;
    const words = attribute.text.split(" ");
    for (let length = words.length - 1; length > 0; length -= 1) {
      const resolved = resolveName(scope.catalog, words.slice(0, length).join(" "));
      if (resolved === undefined) continue;
      const named = asNamed(resolved);
      const rest = `${words.slice(length).join(" ")} ${value.text}`;
      const meant = meantBy(scope, named, rest, span);
      if (meant === undefined) continue;
      const replacement = `${named.canonicalName} ${meant.form} ${meant.rest}`;
      return diagnostic("UNKNOWN_OPERATOR", [meant.written, meant.form], span, {
        expected: [meant.form],
        fix: { replacement, span },
      });
    }
    return undefined;
  },
};
