// Where the checker's rules put what they find.
import type { Diagnostic, Fix, Span } from "../../grammar/diagnostic.js";
import { shortened } from "../../grammar/messages.js";
import type { Source } from "../../grammar/source.js";
import type { EventCondition, Measure } from "../../grammar/tree.js";
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
  /** Set in a `where`, whose names are the event's own. */
  readonly within?: Within;
}

/** The condition on events whose `where` is being checked. */
export interface Within {
  readonly type: EventType;
  /** The catalogue of customers' attributes. */
  readonly outer: Catalog;
  readonly condition: EventCondition | Measure;
}

/** Adds a diagnostic of a code, with the parameters that its message takes. */
export function report<Name extends Code>(
  scope: Scope,
  code: Name,
  parameters: Parameters<(typeof messages)[Name]["text"]>,
  span: Span,
  more: { readonly expected?: readonly string[]; readonly fix?: Fix | undefined } = {},
): void {
  const { severity, text } = messages[code];
  scope.diagnostics.push({
    code,
    severity,
    message: (text as (...values: unknown[]) => string)(...parameters.map(shortened)),
    span,
    expected: more.expected ?? [],
    ...(more.fix === undefined ? {} : { fix: more.fix }),
  });
}
