// Where the checker's rules put what they find.
import type { Diagnostic, Fix, Span } from "../../grammar/diagnostic.js";
import { shortened } from "../../grammar/messages.js";
import type { Source } from "../../grammar/source.js";
import type { EventCondition, Expression, Measure, Value } from "../../grammar/tree.js";
import type { Attribute } from "../catalog/attributes.js";
import type { Catalog } from "../catalog/catalog.js";
import type { EventType } from "../catalog/events.js";
import type { SegmentNesting } from "./membership.js";
import { type Code, messages } from "./messages.js";

/** What every rule is handed: the catalogue, the one instant, and where to report to. */
export interface Scope {
  readonly catalog: Catalog;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly diagnostics: Diagnostic[];
  /** The query's text, for spans in it. */
  readonly source: Source;
  readonly segments: SegmentNesting;
  /** Where the values go that customers are asked to have; a segment's own are nothing to tell of here. */
  readonly asked?: AskedValue[];
  /** True of a saved query, which was right when it was saved: a range that time has turned upside down is an empty one. */
  readonly isSaved?: boolean;
  /** Set in a `where`, whose names are the event's own. */
  readonly within?: Within;
  /** What stands before, with `and` or `or` between: it may tell what was meant. */
  readonly previous?: Expression | undefined;
}

/** A text that a field of customers is compared with, for equality or as an element. */
export interface AskedValue {
  readonly attribute: Attribute;
  readonly value: string;
  /** As it was written. */
  readonly written: Value;
}

/** The condition on events whose `where` is being checked. */
export interface Within {
  readonly type: EventType;
  /** The catalogue of customers' attributes. */
  readonly outer: Catalog;
  readonly condition: EventCondition | Measure;
}

interface More {
  readonly expected?: readonly string[];
  readonly fix?: Fix | undefined;
}

/** A diagnostic of a code, with the parameters that its message takes. */
export function diagnostic<Name extends Code>(
  code: Name,
  parameters: Parameters<(typeof messages)[Name]["text"]>,
  span: Span,
  { expected = [], fix }: More = {},
): Diagnostic {
  const { severity, text } = messages[code];
  const message = (text as (...values: unknown[]) => string)(...parameters.map(shortened));
  return { code, severity, message, span, expected, ...(fix === undefined ? {} : { fix }) };
}

/** Adds a diagnostic. */
export function report<Name extends Code>(
  scope: Scope,
  code: Name,
  parameters: Parameters<(typeof messages)[Name]["text"]>,
  span: Span,
  more: More = {},
): void {
  scope.diagnostics.push(diagnostic(code, parameters, span, more));
}
