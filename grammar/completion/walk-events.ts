// Walking through conditions on events and measures of them, as events.ts reads them.

import {
  clauseAt,
  endsValue,
  lengthUpToOf,
  sameLength,
  stepLength,
  valueLength,
} from "../parser/clause-scanner.js";
import { endsCondition, noiseWords, numberLength, startsValue } from "../parser/lookahead.js";
import { operatorAt } from "../parser/operator-scanner.js";
import { Not } from "../parser/tokens.js";
import type { Aggregate } from "../tree.js";
import type { Behind, EventFrame, OfferedClauseKind } from "./expectation.js";
import { type CursorPlace, isQuote, measureSubject, type Walk } from "./walk.js";
import { walkComparisonOf } from "./walk-values.js";
import { walkDays, walkWindow } from "./walk-windows.js";

/** `performed "page viewed" at least 3 times in the last 7 days where …`, `never performed checkout`. */
export function walkEvent(walk: Walk, place: CursorPlace, isStep = false): void {
  walk.take(noiseWords(walk.peek, 1));
  const first = walk.peek(1).image;
  walk.take();
  let negated = first === "never";
  if (walk.peek(1).tokenType === Not) {
    walk.take();
    negated = true;
  }
  if (first === "has" || first === "did" || first === "never") walk.take();
  const taken = new Set<OfferedClauseKind>(
    isStep ? ["same", "count", "days"] : negated ? ["count", "then", "same"] : ["same"],
  );
  walk.inContext("event", () => {
    const event = walkEventName(walk, place, (name) => ({ event: name, taken }));
    if (event !== undefined) walkClauses(walk, place, { event, taken });
  });
  walk.behindCondition(place);
}

/** The event's name; undefined if the cursor is in it, or right after it. */
function walkEventName(
  walk: Walk,
  place: CursorPlace,
  frameOf: (name: string) => EventFrame,
  property?: string,
): string | undefined {
  if (!startsValue(walk.peek(1)) || endsValue(walk.peek, 1, walk.context)) return undefined;
  const length = valueLength(walk.peek, 1, walk.context, false);
  const name = walk.words(1, 1 + Math.min(length, walk.ahead - 1));
  if (walk.ahead > length) {
    walk.take(length);
    return name;
  }
  walk.expect(1, { kind: "event", ...(property === undefined ? {} : { property }) });
  if (walk.ahead > 1) expectBehindName(walk, place, frameOf);
  return undefined;
}

/** The words up to the cursor may be the whole name of an event, or a name and more. */
function expectBehindName(walk: Walk, place: CursorPlace, frameOf: (name: string) => EventFrame): void {
  const nameTo = (k: number): Behind => ({ kind: "event", words: walk.words(1, k) });
  const frame = frameOf(walk.words(1, walk.ahead));
  walk.expectAfter({ ...place, owner: frame }, nameTo(walk.ahead));
  walk.expectBegunClauses(2, (k) => frameOf(walk.words(1, k)), nameTo);
}

/** A step takes no count, so no step follows one. */
function excludedBy(kind: OfferedClauseKind): readonly OfferedClauseKind[] {
  return kind === "count" || kind === "days" ? ["then"] : [];
}

/** Clauses, up to the first token that begins none. */
function walkClauses(walk: Walk, place: CursorPlace, first: EventFrame): void {
  let frame = first;
  let previous = first.event;
  for (;;) {
    if (walk.reached) return;
    const { ahead } = walk;
    if (ahead < 1) return;
    if (ahead === 1) {
      walk.expectAfter({ ...place, owner: frame });
      return;
    }
    const kind = clauseAt(walk.peek, 1, walk.context === "step" ? "step" : "event");
    if (kind === undefined) {
      walk.expectBegunClause(1, frame);
      return;
    }
    // `on` begins a day, and a number of days; `in` a length of time, and a span of the calendar.
    if (kind === "window") {
      walk.expectBegunClause(1, frame);
      walk.reached = false;
    }
    const behind: EventFrame = { ...frame, taken: new Set([...frame.taken, kind, ...excludedBy(kind)]) };
    const inside: CursorPlace = { ...place, owner: behind };
    if (kind === "count") walkCount(walk);
    else if (kind === "window") walkWindow(walk, inside);
    else if (kind === "days") walkDays(walk);
    else if (kind === "same") walkSame(walk, inside, previous);
    else if (kind === "then") {
      const step = walkStep(walk, place);
      if (step === undefined) return;
      previous = frame.event;
      frame = step;
      continue;
    } else {
      walk.take();
      walk.nested({ ...inside, event: frame.event });
    }
    // In a measure, a count is its comparison without `is`.
    if (walk.ahead === ahead) return;
    frame = behind;
  }
}

/** `then not performed checkout`, at its `then`: the step's event, unless the cursor is in it. */
function walkStep(walk: Walk, place: CursorPlace): EventFrame | undefined {
  walk.take(1 + stepLength(walk.peek, 2));
  walk.context = "step";
  const taken: ReadonlySet<OfferedClauseKind> = new Set(["count", "days"]);
  const event = walkEventName(walk, place, (name) => ({ event: name, taken }));
  return event === undefined ? undefined : { event, taken };
}

/** `with the same product`, `with amount the same as value`. */
function walkSame(walk: Walk, place: CursorPlace, previous: string): void {
  const words = sameLength(walk.peek, 1);
  walk.take(words);
  const event = words === 3 ? place.owner?.event : previous;
  const length = valueLength(walk.peek, 1, walk.context, false);
  if (walk.ahead > length) {
    walk.take(length);
    return;
  }
  walk.expect(1, { kind: "condition", nameOnly: true, ...(event === undefined ? {} : { event }) });
  if (walk.ahead > 1) walk.expectAfter(place);
}

function walkCount(walk: Walk): void {
  const first = walk.peek(1).image;
  const words = first === "exactly" ? 1 : ["at", "more", "less"].includes(first) ? 2 : 0;
  const number = words + 1;
  if (walk.ahead === number) {
    walk.expect(number, { kind: "times" });
    return;
  }
  const { image } = walk.peek(number);
  if (image === "once" || image === "twice") {
    walk.take(number);
    return;
  }
  const length = numberLength(walk.peek, number);
  if (walk.ahead === number + length) {
    walk.expect(walk.ahead, { kind: "keyword", words: ["times"] });
    return;
  }
  walk.take(words + length);
  if (["times", "time"].includes(walk.peek(1).image)) walk.take();
}

/** `sum of amount of order in the last 365 days where … is at least 1000`. */
export function walkMeasure(walk: Walk, place: CursorPlace): void {
  walk.take(noiseWords(walk.peek, 1));
  const aggregate = walk.peek(1).image as Aggregate;
  walk.take(2);
  const different = aggregate === "count" && walk.ahead > 1 && walk.peek(1).image === "different";
  const taken = new Set<OfferedClauseKind>(["count", "days", "then", "same"]);
  let frame: EventFrame | undefined;
  walk.inContext("measure", () => {
    if (different) walk.take();
    frame = walkMeasured(walk, place, { aggregate, different }, taken);
    if (frame !== undefined) walkClauses(walk, place, frame);
  });
  if (!walk.reached && frame !== undefined) walkComparisonOf(walk, place, measureSubject(frame)!);
  walk.behindCondition(place);
}

function walkMeasured(
  walk: Walk,
  place: CursorPlace,
  { aggregate, different }: { readonly aggregate: Aggregate; readonly different: boolean },
  taken: ReadonlySet<OfferedClauseKind>,
): EventFrame | undefined {
  if (!startsValue(walk.peek(1)) || endsValue(walk.peek, 1, walk.context)) return undefined;
  const frameOf = (event: string): EventFrame => ({ event, taken, measure: { aggregate } });
  const words = lengthUpToOf(walk.peek, 1, walk.context);
  if (walk.ahead <= words) {
    walk.expect(1, { kind: "measured", aggregate, different });
    if (walk.ahead > 1) {
      const behind: Behind = { kind: "property", words: walk.words(1, walk.ahead) };
      walk.expect(walk.ahead, { kind: "keyword", words: ["of"], behind });
      if (!different) expectBehindName(walk, place, frameOf);
    }
    return undefined;
  }
  if (walk.peek(1 + words).image !== "of" && walk.ahead !== 1 + words) {
    const event = walkEventName(walk, place, frameOf);
    return event === undefined ? undefined : frameOf(event);
  }
  const property = walk.words(1, 1 + words);
  if (walk.ahead === 1 + words) {
    // After a quoted name, of a property or an event.
    walk.expect(walk.ahead, {
      kind: "keyword",
      words: ["of"],
      behind: { kind: "property", words: property },
    });
    walk.expectAfter({ ...place, owner: frameOf(property) });
    return undefined;
  }
  walk.take(words + 1);
  const measured = (event: string): EventFrame => ({ event, taken, measure: { aggregate, property } });
  const event = walkEventName(walk, place, measured, property);
  return event === undefined ? undefined : measured(event);
}

/** `last performed login more than 90 days ago`. */
export function walkOccurrence(walk: Walk, place: CursorPlace): void {
  const words = noiseWords(walk.peek, 1) + 1;
  if (beginsSequence(walk)) {
    walk.take(words);
    walkEvent(walk, place, true);
    return;
  }
  walk.take(words + 1);
  walkOccurrenceName(walk, place);
}

/** True if a `where` or a `then` precedes the cursor: only a sequence has them behind `first` or `last`. */
function beginsSequence(walk: Walk): boolean {
  for (let k = 3; k < walk.ahead && !endsCondition(walk.peek(k)); k += 1)
    if (/^(?:where|then)$/.test(walk.peek(k).image)) return true;
  return false;
}

// Behind the name, a comparison is likelier than the rest of a sequence.
const ofSequences: ReadonlySet<OfferedClauseKind> = new Set(["count", "days", "window", "same", "within"]);

function walkOccurrenceName(walk: Walk, place: CursorPlace): void {
  let words = 0;
  if (isQuote(walk.peek(1))) words = 1;
  else {
    while (
      !endsCondition(walk.peek(1 + words)) &&
      startsValue(walk.peek(1 + words)) &&
      (words === 0 || operatorAt(walk.peek, 1 + words, walk.operators, "plain") === undefined)
    ) {
      words += 1;
    }
  }
  if (walk.ahead <= words) {
    walk.expect(1, { kind: "event" });
    walk.expectOperators(2, place, (k) => ({ kind: "occurrence", event: walk.words(1, k) }));
    if (walk.ahead === 1) return;
    const behind = (k: number): Behind => ({ kind: "event", words: walk.words(1, k) });
    const frame = (k: number): EventFrame => ({ event: walk.words(1, k), taken: ofSequences });
    walk.expectClause(walk.ahead, frame(walk.ahead), behind(walk.ahead));
    walk.expectBegunClauses(2, frame, behind);
    return;
  }
  const event = walk.words(1, 1 + words);
  walk.take(words);
  if (walk.ahead === 1) walk.expectClause(1, { event, taken: ofSequences });
  walkComparisonOf(walk, place, { kind: "occurrence", event });
  walk.behindCondition(place);
}
