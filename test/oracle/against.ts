// Random comparisons of one attribute, or a property of an event, with another attribute of the same customer.
import { type AttributeType, attributes, isSet, propertiesOf, typeOf } from "./attributes.js";
import { dayAt } from "./calendar.js";
import type { Choices } from "./choices.js";
import { drawDecimal, drawText, type Hand, seenOf } from "./drawing.js";
import { dayOf, elements, linesOf, numberOf, type Sight, stored } from "./facts.js";
import type { World } from "./folder.js";
import { writeAnother, writeSubject } from "./naming.js";
import { compareFractions, decimal, type Fraction, fractionOf, minorDigits } from "./number.js";
import { comparableDate, filled } from "./periods.js";
import { lineContains, reading } from "./readings.js";
import { comparable, comparableCountry, trimmed } from "./text.js";
import type { Reading, Subject } from "./tree.js";
import { anyCase, writeNumber, writeText } from "./wording.js";

type Kind = "number" | "date" | "truth" | "text";

/** What kind of value a type has; undefined if it is a set. */
function kindOf(type: AttributeType): Kind | undefined {
  switch (type) {
    case "number":
    case "money":
      return "number";
    case "date":
    case "datetime":
      return "date";
    case "boolean":
      return "truth";
    case "text":
    case "exact text":
    case "country":
    case "source":
    case "intercom type":
      return "text";
    default:
      return undefined;
  }
}

const elementTypes: Readonly<Partial<Record<AttributeType, AttributeType>>> = {
  "text set": "text",
  "number set": "number",
  "boolean set": "boolean",
  "date set": "date",
  "datetime set": "datetime",
};

/** Every attribute of a customer. */
function subjectsOf(world: World): Subject[] {
  return [
    ...attributes.map(({ name }) => ({ attribute: name })),
    ...Object.keys(world.project.metadataSchema).map((key) => ({ attribute: "metadata", key })),
  ];
}

/** `total spent is more than customer's metadata.credit_limit`. */
export function drawAgainst(world: World, choices: Choices): Reading {
  const type = (one: Subject): AttributeType => typeOf(one, world.project);
  const own = subjectsOf(world).filter((one) => isComparable(type(one), world));
  return againstOf(choices.pick(own), world, choices);
}

/** The property of an event, compared with a customer's; undefined if the event has none that may be. */
export function drawPropertyAgainst(event: string, world: World, choices: Choices): Reading | undefined {
  const own = propertiesOf(event, world.project).filter((one) =>
    isComparable(typeOf(one, world.project), world),
  );
  return own.length === 0 ? undefined : againstOf(choices.pick(own), world, choices);
}

/** True if an attribute of the customer's may be the value. */
function isComparable(type: AttributeType, world: World): boolean {
  if (type === "products") return true;
  const kind = kindOf(elementTypes[type] ?? type);
  return kind !== undefined && subjectsOf(world).some((one) => kindOf(typeOf(one, world.project)) === kind);
}

function againstOf(subject: Subject, world: World, choices: Choices): Reading {
  const type = typeOf(subject, world.project);
  const name = writeSubject(subject, world.project, choices);
  const others = (kind: Kind): Subject[] =>
    subjectsOf(world).filter((one) => kindOf(typeOf(one, world.project)) === kind);
  const texts = subjectsOf(world).filter((one) => typeOf(one, world.project) === "text");
  const written = (one: Subject): string =>
    `${anyCase(choices.pick(["customer's ", "customer's ", "the customer's "]), choices)}${writeAnother(one, world.project, choices)}`;
  if (type === "products") {
    const other = choices.pick(texts);
    const negated = choices.chance(30);
    const words = filled(negated ? "does not contain {}" : "contains {}", [written(other)], choices);
    return reading(`${name} ${words}`, (sight) => {
      const text = stored(other, sight);
      const plain =
        typeof text === "string" && linesOf(subject, sight).some((line) => lineContains(line, text));
      return plain !== negated;
    });
  }
  if (isSet(type))
    return setAgainst(subject, name, others(kindOf(elementTypes[type]!)!), written, choices, world);
  const kind = kindOf(type)!;
  if ((type === "text" || type === "exact text") && choices.chance(35)) {
    const other = choices.pick(others("text"));
    return partAgainst(subject, other, name, written(other), choices);
  }
  return valueAgainst(subject, kind, others(kind), name, written, choices, world);
}

/** The sign of one value less another, undefined if either is unknown; texts are the same (0) or not. */
function difference(one: Subject, other: Subject, sight: Sight): number | undefined {
  const [ownType, otherType] = [one, other].map((each) => typeOf(each, sight.world.project));
  const either = (type: AttributeType): boolean => ownType === type || otherType === type;
  switch (kindOf(ownType!)) {
    case "number": {
      const [left, right] = [one, other].map((each) => majorOf(each, sight));
      return left === undefined || right === undefined ? undefined : compareFractions(left, right);
    }
    case "date": {
      const [left, right] = [one, other].map((each) => comparableDate(each, either("date"), sight));
      return left === undefined || right === undefined ? undefined : Math.sign(left - right);
    }
    default: {
      const [left, right] = [one, other].map((each) => stored(each, sight));
      if (left === undefined || right === undefined) return undefined;
      return isSame(left, right, either) ? 0 : 1;
    }
  }
}

function isSame(left: unknown, right: unknown, either: (type: AttributeType) => boolean): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return left === right;
  const [one, other] = [String(left), String(right)];
  if (either("exact text")) return trimmed(one) === trimmed(other);
  if (either("country")) return comparableCountry(one) === comparableCountry(other);
  const plain = (text: string): string =>
    either("source") ? comparable(text).replace(/[ _-]/g, "") : comparable(text);
  return plain(one) === plain(other);
}

/** A number, an amount in major units. */
function majorOf(subject: Subject, sight: Sight): Fraction | undefined {
  const value = numberOf(subject, sight);
  const { project } = sight.world;
  if (value === undefined || typeOf(subject, project) !== "money") return value;
  return { top: value.top, over: value.over * 10n ** BigInt(minorDigits[project.currency] ?? 2) };
}

const comparisons = {
  less: {
    holds: (sign: number) => sign < 0,
    forms: [["is less than {}", "less than {}", "< {}"], ["is not less than {}"]],
  },
  more: {
    holds: (sign: number) => sign > 0,
    forms: [["is more than {}", "more than {}", "> {}"], ["is not more than {}"]],
  },
  atLeast: {
    holds: (sign: number) => sign >= 0,
    forms: [["is at least {}", ">= {}"], ["is not at least {}"]],
  },
  atMost: { holds: (sign: number) => sign <= 0, forms: [["is at most {}", "<= {}"], ["is not at most {}"]] },
  before: {
    holds: (sign: number) => sign < 0,
    forms: [["is before {}", "before {}", "< {}"], ["is not before {}"]],
  },
  after: {
    holds: (sign: number) => sign > 0,
    forms: [["is after {}", "after {}", "> {}"], ["is not after {}"]],
  },
  since: {
    holds: (sign: number) => sign >= 0,
    forms: [["since {}", "on or after {}", "starts at {}", ">= {}"], ["is not on or after {}"]],
  },
  until: {
    holds: (sign: number) => sign <= 0,
    forms: [["on or before {}", "<= {}"], ["is not on or before {}"]],
  },
  is: {
    holds: (sign: number) => sign === 0,
    forms: [
      ["is {}", "= {}"],
      ["is not {}", "!= {}"],
    ],
  },
} as const;

function valueAgainst(
  subject: Subject,
  kind: Kind,
  others: readonly Subject[],
  name: string,
  written: (one: Subject) => string,
  choices: Choices,
  world: World,
): Reading {
  const [other, another] = [choices.pick(others), choices.pick(others)];
  const negated = choices.chance(30);
  if ((kind === "number" || kind === "date") && choices.chance(15)) {
    const form = negated
      ? "is not between {} and {}"
      : choices.pick(["between {} and {}", "is between {} and {}"]);
    return reading(`${name} ${filled(form, [written(other), written(another)], choices)}`, (sight) => {
      const [from, to] = [difference(subject, other, sight), difference(subject, another, sight)];
      return (from !== undefined && from >= 0 && to !== undefined && to <= 0) !== negated;
    });
  }
  if (kind !== "truth" && kind !== "date" && choices.chance(20))
    return listAgainst(subject, kind, other, { name, negated, list: written(other) }, choices, world);
  const hows = {
    number: ["less", "more", "atLeast", "atMost", "is"],
    date: ["before", "after", "since", "until", "is"],
    truth: ["is"],
    text: ["is"],
  } as const;
  const { holds, forms } = comparisons[choices.pick<keyof typeof comparisons>(hows[kind])];
  const form = choices.pick<string>(negated ? forms[1] : forms[0]);
  return reading(`${name} ${filled(form, [written(other)], choices)}`, (sight) => {
    const sign = difference(subject, other, sight);
    return (sign !== undefined && holds(sign)) !== negated;
  });
}

/** A list with another attribute and a plain value in it. */
function listAgainst(
  subject: Subject,
  kind: Kind,
  other: Subject,
  { name, negated, list }: { readonly name: string; readonly negated: boolean; readonly list: string },
  choices: Choices,
  world: World,
): Reading {
  const type = typeOf(subject, world.project);
  const hand: Hand = { type, seen: seenOf(subject, world), world, choices, inside: false, isMeasure: false };
  const isText = type === "text";
  const plain = kind === "number" ? drawDecimal(hand) : isText ? drawText("is", hand) : undefined;
  const literal =
    plain === undefined
      ? []
      : [kind === "number" ? writeNumber(plain, true, choices) : writeText(plain, choices, true)];
  const words = filled(
    choices.pick(negated ? ["is none of ({})", "not in ({})"] : ["is any of ({})", "in ({})", "any of ({})"]),
    [[list, ...literal].join(", ")],
    choices,
  );
  // A number has no `in`.
  const fitting =
    kind === "number"
      ? words
          .replace(/^not in/i, "is not any of")
          .replace(/^in/i, "any of")
          .replace(/^is none/i, "is not any")
      : words;
  return reading(`${name} ${fitting}`, (sight) => {
    const isOther = difference(subject, other, sight) === 0;
    return (isOther || (plain !== undefined && isPlain(subject, plain, sight))) !== negated;
  });
}

function isPlain(subject: Subject, plain: string, sight: Sight): boolean {
  if (kindOf(typeOf(subject, sight.world.project)) === "number") {
    const value = majorOf(subject, sight);
    return value !== undefined && compareFractions(value, decimal(plain)) === 0;
  }
  const value = stored(subject, sight);
  return typeof value === "string" && comparable(value) === comparable(plain);
}

function partAgainst(
  subject: Subject,
  other: Subject,
  name: string,
  written: string,
  choices: Choices,
): Reading {
  const how = choices.pick(["startsWith", "endsWith", "includes"] as const);
  const negated = choices.chance(30);
  const [plain, opposite] = {
    startsWith: ["starts with {}", "does not start with {}"],
    endsWith: ["ends with {}", "does not end with {}"],
    includes: ["contains {}", "does not contain {}"],
  }[how] as [string, string];
  return reading(`${name} ${filled(negated ? opposite : plain, [written], choices)}`, (sight) => {
    const [one, part] = [subject, other].map((each) => stored(each, sight));
    const isExact = [subject, other].some((each) => typeOf(each, sight.world.project) === "exact text");
    const plain = isExact ? trimmed : comparable;
    const holds = typeof one === "string" && typeof part === "string" && plain(one)[how](plain(part));
    return holds !== negated;
  });
}

function setAgainst(
  subject: Subject,
  name: string,
  others: readonly Subject[],
  written: (one: Subject) => string,
  choices: Choices,
  world: World,
): Reading {
  const element = elementTypes[typeOf(subject, world.project)]!;
  const how = choices.pick(["one", "any", "all"] as const);
  const negated = how === "one" && choices.chance(30);
  const named = how === "one" ? [choices.pick(others)] : [choices.pick(others), choices.pick(others)];
  const form = {
    one: negated ? "does not contain {}" : "contains {}",
    any: "contains any of ({})",
    all: "contains all of ({})",
  }[how];
  const words = filled(form, [named.map(written).join(", ")], choices);
  return reading(`${name} ${words}`, (sight) => {
    const has = (other: Subject): boolean =>
      elements(subject, sight).some((held) => elementIs(held, element, other, sight));
    return (how === "all" ? named.every(has) : named.some(has)) !== negated;
  });
}

/** Whether an element of a set is the value of an attribute. */
function elementIs(held: unknown, type: AttributeType, other: Subject, sight: Sight): boolean {
  const otherType = typeOf(other, sight.world.project);
  switch (type) {
    case "number": {
      const value = majorOf(other, sight);
      return value !== undefined && compareFractions(fractionOf(Number(held)), value) === 0;
    }
    case "date":
    case "datetime": {
      const byDay = type === "date" || otherType === "date";
      const value = comparableDate(other, byDay, sight);
      const own = type === "date" ? dayOf(String(held)) : Date.parse(String(held));
      return value !== undefined && (type === "datetime" && byDay ? dayAt(own, sight.zone) : own) === value;
    }
    default: {
      const value = stored(other, sight);
      return value !== undefined && isSame(held, value, (each) => each === otherType);
    }
  }
}
