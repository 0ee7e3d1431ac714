// `performed login with the same url then …`, `performed login from mobile`: words that were taken for an event's name.
import { quoteValue } from "../../../../grammar/format.js";
import { findEventType } from "../../../catalog/events.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

/** `with the same P` compares with the step before, which the first step has not. */
export const sameInFirstStep: Mistake = {
  of: ["UNKNOWN_EVENT"],
  recognise: ({ about: { value, condition } }, { mending, source }) => {
    if (condition?.kind !== "Sequence" || value === undefined) return undefined;
    const [first, second] = condition.steps;
    if (first?.name !== value || second === undefined) return undefined;
    const same = /\swith\s+(?:the\s+same\s+\S|\S.*\sthe\s+same\s+as\s).*$/is.exec(value.raw)?.[0];
    if (same === undefined) return undefined;
    const { end } = value.span;
    const span = source.span(end - same.trimStart().length, end);
    const moved = {
      replacement: `${source.raw(end, second.span.end).trim()} ${same.trim()}`,
      span: source.span(span.start, second.span.end),
    };
    const fix = second.same === undefined && mending?.mends(moved) === true ? moved : undefined;
    return diagnostic("SAME_IN_FIRST_STEP", [same.trim()], span, { fix });
  },
};

/** An event with one property that is a text: `from mobile` is its value. */
export const fromValue: Mistake = {
  of: ["UNKNOWN_EVENT"],
  recognise: ({ about: { value }, span, parameters }, { catalog }) => {
    const match = value === undefined ? null : /^(.+?) from (.+)$/i.exec(value.text);
    const type = match?.[1] === undefined ? undefined : findEventType(catalog, match[1]);
    if (value === undefined || match?.[2] === undefined || type === undefined || type.builtIn)
      return undefined;
    const texts = type.properties.filter((property) => property.type === "text");
    const [property] = texts;
    if (property === undefined || texts.length > 1) return undefined;
    const replacement = `${quoteValue(type.name)} where ${property.name} is ${quoteValue(match[2])}`;
    const [written, , names] = parameters as readonly [string, undefined, readonly string[]];
    return diagnostic("UNKNOWN_EVENT", [written, replacement, names], span, { fix: { replacement, span } });
  },
};
