// `performed login with the same url then …`, `performed login followed by checkout`, `performed login from mobile`: words that were
// taken for an event's name.
import { quoteValue } from "../../../../grammar/format.js";
import type { Expression } from "../../../../grammar/tree.js";
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

const maxEventWords = 8;
const links = /,?\s+(?:(?:and|but)\s+)?(?:then|followed by|afterwards|after that)\s+(?:by\s+)?/i;
const linksAndAbsence = new RegExp(`${links.source}|,?\\s+(?:and|but)\\s+(?=(?:not|never|no)\\s)`, "i");
const step =
  /^(?<not>(?:not|never|no|without|did not|did(?:n['’]?t)|has not|has never)\s+)?(?:a\s+|an\s+)?(?:(?:performed|perform|placed|place)\s+)?(?<name>.+)$/i;

/**
 * `login then checkout`, `login followed by not performed checkout`: the steps of a sequence without the words that begin one.
 * `login but not checkout within 1 day` is one, too: its length of time counts from the login.
 */
export const stepsOtherwise: Mistake = {
  of: ["UNKNOWN_EVENT"],
  recognise: ({ about: { value } }, { catalog, source }) => {
    if (value === undefined) return undefined;
    const { span } = value;
    const isBounded = /^\s+within\s/i.test(source.raw(span.end, source.text.length));
    const steps = value.raw
      .split(isBounded ? linksAndAbsence : links)
      .map((words) => step.exec(words)?.groups);
    if (steps.length < 2 || steps[0]?.not !== undefined) return undefined;
    const written = steps.map((groups, index) => {
      const type = findEventType(catalog, groups?.name ?? "");
      if (type === undefined) return undefined;
      const verb = groups?.not === undefined ? "performed" : "not performed";
      return index === 0 ? quoteValue(type.name) : `then ${verb} ${quoteValue(type.name)}`;
    });
    if (written.includes(undefined)) return undefined;
    const replacement = written.join(" ");
    return diagnostic("WORDED_OTHERWISE", [value.raw, replacement], span, { fix: { replacement, span } });
  },
};

/**
 * `performed login and then performed checkout`: a step joins without `and`. After a condition on the profile, `then` only
 * repeats the `and`; after an event that can't be a step there is no telling what the order was to mean.
 */
export const andThen: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition } }, { catalog, source, around }) => {
    if (condition === undefined) return undefined;
    const { start, end } = condition.span;
    const and = /\band\s+$/i.exec(source.raw(0, start));
    const words = /^then\s+(?<not>(?:not|never)\s+)?(?:(?:performed|placed)\s+)?(?<rest>.+)$/is.exec(
      source.raw(start, end),
    );
    if (and === null || words?.groups === undefined) return undefined;
    const { not, rest } = words.groups;
    const names = rest!.split(/\s+/).slice(0, maxEventWords);
    const isEvent = names.some((_, last) => findEventType(catalog, names.slice(0, last + 1).join(" ")));
    if (!isEvent) return undefined;
    const previous = around.before.at(-1);
    const isBehindStep = previous !== undefined && isStep(previous);
    if (!isBehindStep && previous?.kind === "Event") return undefined;
    const [joint, negation] = isBehindStep ? ["then", "not"] : ["and", "has not"];
    const replacement = `${joint} ${not === undefined ? "" : `${negation} `}performed ${rest!}`;
    const span = source.span(and.index, end);
    return diagnostic("WORDED_OTHERWISE", [source.raw(and.index, end), replacement], span, {
      fix: { replacement, span },
    });
  },
};

/** Whether a step may follow the condition. */
function isStep(condition: Expression): boolean {
  if (condition.kind === "Sequence") return true;
  return (
    condition.kind === "Event" &&
    !condition.negated &&
    condition.count === undefined &&
    condition.days === undefined
  );
}
