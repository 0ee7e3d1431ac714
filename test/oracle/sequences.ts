// Random sequences: steps with windows, wheres, what they have in common, and how far they may be apart.
import { type AttributeType, isSet, propertiesOf, typeOf } from "./attributes.js";
import { dayAt } from "./calendar.js";
import type { Choices } from "./choices.js";
import { drawSpan } from "./drawing.js";
import { drawEvent, drawWhere, drawWindow } from "./events.js";
import { dayOf, elements, type Happening, numberOf, type Sight, stored } from "./facts.js";
import type { World } from "./folder.js";
import { writeEvent, writeMeasured, writeNoise } from "./naming.js";
import { compareFractions, fractionOf, minorDigits } from "./number.js";
import { drawTime } from "./periods.js";
import { printQuery } from "./printing.js";
import { namesProduct, productIds, reading, type Step, sequenceHolds } from "./readings.js";
import { comparable } from "./text.js";
import type { Clause, Reading, Span, Subject } from "./tree.js";
import { anyCase, writeSpan } from "./wording.js";

/** A step with its words: the head, then clauses in any order. */
interface DrawnStep {
  readonly event: string;
  readonly negated: boolean;
  readonly head: string;
  readonly clauses: readonly Clause[];
  readonly within?: { readonly span: Span; readonly written: string };
  readonly same?: { readonly own: Subject; readonly previous: Subject; readonly written: string };
}

type Which = "first" | "last" | undefined;

/** One thing, then another. */
export function drawSequence(world: World, choices: Choices): Reading {
  const which = choices.chance(50) ? choices.pick(["first", "last"] as const) : undefined;
  const length = choices.pick([2, 2, 2, 3, 3, 4, 6]);
  const steps: DrawnStep[] = [];
  for (let index = 0; index < length; index += 1) {
    const previous = steps.findLast(({ negated }) => !negated);
    const negated = index > 0 && choices.chance(40);
    steps.push(drawStep(world, choices, { negated, previous }));
  }
  return sequenceOf(which, ended(steps, world, choices), world, choices.chance(50) ? "then" : "THEN");
}

/**
 * Negative steps at the end with a length of time, and no other negative one. If the zone changes its clocks, it is one of hours or
 * minutes: of records within the hour that a clock change skips, a later one reaches an earlier instant, which evaluators do not
 * distinguish where they compare records with one instant.
 */
function ended(steps: readonly DrawnStep[], world: World, choices: Choices): readonly DrawnStep[] {
  const last = steps.findLastIndex(({ negated }) => !negated);
  return steps.map((step, index) => {
    if (!step.negated) return step;
    if (index > last) return { ...step, within: drawPassing(world, choices) };
    const { within: _within, ...rest } = step;
    return rest;
  });
}

function drawPassing({ project }: World, choices: Choices): NonNullable<DrawnStep["within"]> {
  for (;;) {
    const within = drawWithin(choices);
    if (!changesClocks(project) || ["minute", "hour"].includes(within.span.unit)) return within;
  }
}

/** True if a zone has two offsets in the year of as-of. */
function changesClocks({ timezone, asOf }: World["project"]): boolean {
  const year = new Date(asOf).getUTCFullYear();
  const hours = [0, 6].map((month) =>
    new Date(Date.UTC(year, month, 1, 12)).toLocaleString("sv", { timeZone: timezone, hour: "2-digit" }),
  );
  return hours[0] !== hours[1];
}

function drawWithin(choices: Choices): NonNullable<DrawnStep["within"]> {
  const span = drawSpan(choices);
  return { span, written: `${anyCase("within", choices)} ${writeSpan(span, choices)}` };
}

function drawStep(
  world: World,
  choices: Choices,
  { negated, previous }: { readonly negated: boolean; readonly previous: DrawnStep | undefined },
): DrawnStep {
  const event = drawEvent(world, choices);
  const before = negated
    ? choices.pick(["not ", "not ", "has not ", "did not ", "never "])
    : choices.pick(["", "", "has ", "did "]);
  const verb = anyCase(`${before}${choices.pick(["performed", "placed", "perform"])}`, choices);
  const clauses: Clause[] = [];
  if (choices.chance(25))
    clauses.push(
      choices.chance(50) ? drawTime(world, choices) : windowOf(event, previous !== undefined, world, choices),
    );
  if (propertiesOf(event, world.project).length > 0 && choices.chance(30))
    clauses.push({
      kind: "where",
      query: drawWhere(event, world, choices, 1),
      written: anyCase("where", choices),
    });
  if (choices.chance(50)) clauses.reverse();
  const same =
    previous !== undefined && choices.chance(40)
      ? drawSame(event, previous.event, world, choices)
      : undefined;
  return {
    event,
    negated,
    head: `${previous === undefined ? writeNoise(choices) : ""}${verb} ${writeEvent(event, world.project, choices)}`,
    clauses,
    ...(previous !== undefined && choices.chance(45) ? { within: drawWithin(choices) } : {}),
    ...(same === undefined ? {} : { same }),
  };
}

/** In a later step `within 3 days` is no window. */
function windowOf(event: string, later: boolean, world: World, choices: Choices): Clause {
  const window = drawWindow(event, world, choices);
  return later && /^within/i.test(window.written)
    ? { ...window, written: window.written.replace(/^within/i, "in the last") }
    : window;
}

const stepKinds: Readonly<Partial<Record<AttributeType, string>>> = {
  text: "text",
  "text set": "text",
  number: "number",
  money: "number",
  "number set": "number",
  date: "date",
  "date set": "date",
  datetime: "date",
  "datetime set": "date",
  boolean: "truth",
  "boolean set": "truth",
};

/** Whether two properties may be asked to be the same. */
function agree(own: AttributeType, other: AttributeType): boolean {
  if (own === "products") return other === "products" || other === "text";
  if (other === "products") return own === "text";
  return stepKinds[own] === stepKinds[other];
}

function drawSame(event: string, before: string, world: World, choices: Choices): DrawnStep["same"] {
  const { project } = world;
  const pairs = propertiesOf(event, project).flatMap((own) =>
    propertiesOf(before, project)
      .filter((previous) => agree(typeOf(own, project), typeOf(previous, project)))
      .map((previous) => ({ own, previous })),
  );
  const alike = pairs.filter(
    ({ own, previous }) => own.attribute === previous.attribute && own.key === previous.key,
  );
  const pair =
    pairs.length === 0 ? undefined : choices.pick(alike.length > 0 && choices.chance(70) ? alike : pairs);
  if (pair === undefined) return undefined;
  const isOne = alike.includes(pair);
  const name = (subject: Subject): string => writeMeasured(subject, project, choices);
  const written =
    isOne && choices.chance(80)
      ? `${anyCase("with the same", choices)} ${name(pair.own)}`
      : `${anyCase("with", choices)} ${name(pair.own)} ${anyCase("the same as", choices)} ${name(pair.previous)}`;
  return { ...pair, written };
}

function sequenceOf(which: Which, steps: readonly DrawnStep[], world: World, then: string): Reading {
  const planned = steps.map(
    ({ event, negated, clauses, within, same }): Step => ({
      event,
      negated,
      clauses,
      ...(within === undefined ? {} : { within: within.span }),
      ...(same === undefined ? {} : { same: (own, previous, sight) => isSame(same, own, previous, sight) }),
    }),
  );
  const [first, ...others] = steps.map(writeStep);
  const words = [which === undefined ? first! : withWhich(which, steps[0]!), ...others];
  return {
    ...reading(words.join(` ${then} `), (sight) => sequenceHolds(planned, which, sight), endOf(steps)),
    eventConditions: steps.length,
    loose: true,
    simpler: () => simplerSequences(which, steps, world, then),
  };
}

/** The first step with `first` or `last` for its noise and its `has`. */
function withWhich(which: "first" | "last", step: DrawnStep): string {
  const bare = step.head.replace(/^.*?(performed|placed|perform)/i, (_, verb: string) =>
    /^perform$/i.test(verb) ? "performed" : verb,
  );
  return writeStep({ ...step, head: `${which} ${bare}` });
}

function endOf(steps: readonly DrawnStep[]): Reading["ends"] {
  const { clauses, within, same } = steps.at(-1)!;
  return clauses.at(-1)?.kind === "where" && within === undefined && same === undefined ? "where" : "closed";
}

function writeStep({ head, clauses, within, same }: DrawnStep): string {
  const parts = clauses.map((clause) => {
    if (clause.kind !== "where") return clause.written;
    // A true/false property alone can't be followed by a clause.
    return `${clause.written} (${printQuery(clause.query)})`;
  });
  return [
    head,
    ...parts,
    ...(same === undefined ? [] : [same.written]),
    ...(within === undefined ? [] : [within.written]),
  ].join(" ");
}

function simplerSequences(which: Which, steps: readonly DrawnStep[], world: World, then: string): Reading[] {
  const made = (fewer: readonly DrawnStep[]): Reading[] => {
    const last = fewer.findLastIndex(({ negated }) => !negated);
    const isWritten = fewer.length >= 2 && fewer[0]!.negated === false;
    const isEnded = fewer.every(
      ({ negated, within }, index) => !negated || index > last === (within !== undefined),
    );
    return isWritten && isEnded ? [sequenceOf(which, fewer, world, then)] : [];
  };
  const without = (step: DrawnStep): DrawnStep[] => {
    const { same, within, ...rest } = step;
    const plain = { ...rest, ...(within === undefined ? {} : { within }) };
    return [
      ...(same === undefined ? [] : [plain]),
      ...(within === undefined ? [] : [{ ...rest, ...(same === undefined ? {} : { same }) }]),
      ...step.clauses.map((_, index) => ({ ...step, clauses: step.clauses.toSpliced(index, 1) })),
    ];
  };
  return [
    ...(which === undefined ? [] : [sequenceOf(undefined, steps, world, then)]),
    ...steps.flatMap((_, index) =>
      steps[index + 1]?.same !== undefined ? [] : made(steps.toSpliced(index, 1)),
    ),
    ...steps.flatMap((step, index) => without(step).flatMap((simpler) => made(steps.with(index, simpler)))),
  ];
}

// What two records have in common.

function isSame(
  { own, previous }: NonNullable<DrawnStep["same"]>,
  record: Happening,
  before: Happening,
  sight: Sight,
): boolean {
  const { project } = sight.world;
  const [ownType, otherType] = [typeOf(own, project), typeOf(previous, project)];
  const [here, there] = [
    { ...sight, happening: record },
    { ...sight, happening: before },
  ];
  if (ownType === "products" && otherType === "products")
    return productIds(record).some((id) => productIds(before).includes(id));
  if (ownType === "products") return namesProduct(stored(previous, there), record);
  if (otherType === "products") return namesProduct(stored(own, here), before);
  const byDay = /^date( set)?$/.test(ownType) || /^date( set)?$/.test(otherType);
  const mine = valuesOf(own, here, byDay);
  return valuesOf(previous, there, byDay).some((value) => mine.some((one) => isOne(one, value)));
}

type Value = string | number | boolean | ReturnType<typeof fractionOf>;

function isOne(one: Value, other: Value): boolean {
  return typeof one === "object" && typeof other === "object"
    ? compareFractions(one, other) === 0
    : one === other;
}

/** The value of a property, or the elements of a set, as they compare. */
function valuesOf(subject: Subject, sight: Sight, byDay: boolean): Value[] {
  const { project } = sight.world;
  const type = typeOf(subject, project);
  if (type === "number" || type === "money") {
    const value = numberOf(subject, sight);
    if (value === undefined) return [];
    const minor = type === "money" ? 10n ** BigInt(minorDigits[project.currency] ?? 2) : 1n;
    return [{ top: value.top, over: value.over * minor }];
  }
  const held = isSet(type)
    ? elements(subject, sight)
    : [stored(subject, sight)].filter((each) => each !== undefined);
  return held.map((value): Value => {
    if (typeof value === "number") return fractionOf(value);
    if (typeof value === "boolean") return value;
    const text = String(value);
    if (type.startsWith("datetime")) return byDay ? dayAt(Date.parse(text), sight.zone) : Date.parse(text);
    return type.startsWith("date") ? dayOf(text) : comparable(text);
  });
}
