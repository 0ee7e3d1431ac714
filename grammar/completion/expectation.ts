// What can be written at a place in a query, as far as the grammar knows: here names are still words, and the catalogue
// resolves them.
import type { OperandShape } from "../operator-syntax.js";
import type { Aggregate } from "../tree.js";

/** The words before the cursor that a suggestion would complete, and the stretch of text that it would replace. */
export interface Typed {
  /** Offsets in UTF-16 units; the rest of the cursor's word is replaced, too. */
  readonly from: number;
  readonly to: number;
  /** Without quotes and backticks; a run of white space is one space. */
  readonly text: string;
  /** The quote that was opened and not closed before the cursor. */
  readonly quote?: string;
}

/** What a comparison is about. */
export type ComparedSubject =
  | {
      readonly kind: "attribute";
      readonly words: string;
      /** The event whose property it is, in a `where`. */
      readonly event?: string;
      /** True if it is a property of one line of the event's, an order. */
      readonly line?: true;
    }
  /** A figure within a window. */
  | { readonly kind: "figure"; readonly words: string }
  | { readonly kind: "occurrence"; readonly event: string }
  | {
      readonly kind: "measure";
      readonly aggregate: Aggregate;
      readonly property?: string;
      readonly event: string;
    }
  /** The time of an event, in its window or in that of a figure. */
  | { readonly kind: "window"; readonly figure?: ComparedSubject };

/** A condition on events, as far as it has been read. */
export interface EventFrame {
  readonly event: string;
  /** The figure whose window may follow, if it is no condition on events. */
  readonly figure?: ComparedSubject;
  readonly measure?: { readonly aggregate: Aggregate; readonly property?: string };
  /** The clauses that can't follow: those that the condition has, and those that it never takes. */
  readonly taken: ReadonlySet<OfferedClauseKind>;
}

export type OfferedClauseKind = "count" | "days" | "window" | "where" | "then" | "same" | "within";

/** What the words before the cursor have to be if something is to follow them. */
export type Behind =
  | { readonly kind: "flag"; readonly subject: ComparedSubject }
  | { readonly kind: "event"; readonly words: string }
  /** A property of some event. */
  | { readonly kind: "property"; readonly words: string }
  /** An attribute of the customer's that can be compared with the subject. */
  | { readonly kind: "attribute"; readonly words: string; readonly comparedWith: ComparedSubject }
  /** An operator of the subject's type, by its name in the tree. */
  | { readonly kind: "operator"; readonly subject: ComparedSubject; readonly operator: string }
  | {
      readonly kind: "value";
      readonly subject: ComparedSubject;
      readonly operator: string;
      readonly words: string;
    };

export type Expectation = { readonly typed: Typed } & (
  | {
      /** A condition begins; in a `where`, one over the event's properties. */
      readonly kind: "condition";
      readonly event?: string;
      readonly line?: true;
      /** The condition is one attribute: what a value or a length of time is compared with. */
      readonly comparedWith?: ComparedSubject;
      /** True if the words include noise, as the `customer` of `customer since`: only a name can contain noise. */
      readonly nameOnly: boolean;
      /** True behind noise, as `the`: no `not` and no parenthesis can follow it. */
      readonly behindNoise?: true;
    }
  | { readonly kind: "operator"; readonly subject: ComparedSubject; readonly behind?: Behind }
  | {
      readonly kind: "value";
      readonly subject: ComparedSubject;
      /** The operator's name in the tree. */
      readonly operator: string;
      readonly shape: Exclude<OperandShape, "none">;
      /** True if no word of an operator precedes a span of the calendar. */
      readonly wordless?: true;
      /** The values that the list holds already. */
      readonly listed: readonly string[];
    }
  | {
      readonly kind: "connective";
      /** Set if the words before are a whole condition only under this requirement. */
      readonly behind?: Behind;
      /** Brackets and commas that may be written there as well. */
      readonly closing: readonly string[];
    }
  /** The name of an event; one that has the property, if that is known. */
  | { readonly kind: "event"; readonly property?: string }
  /** What a measure is of: `amount of order`, `login`. */
  | { readonly kind: "measured"; readonly aggregate: Aggregate; readonly different: boolean }
  | { readonly kind: "clause"; readonly frame: EventFrame; readonly behind?: Behind }
  /** How often: `3 times`, `once`. */
  | { readonly kind: "times" }
  | { readonly kind: "keyword"; readonly words: readonly string[]; readonly behind?: Behind }
  | { readonly kind: "campaign"; readonly subject: ComparedSubject }
  | { readonly kind: "segment" }
  /** The share of a sample. */
  | { readonly kind: "share" }
);

export type ExpectationOf<Kind extends Expectation["kind"]> = Extract<Expectation, { kind: Kind }>;
