// The messages between the page and the language worker: plain data, the same in the worker, on the page and in tests.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { Suggestion } from "../../suggest/suggestion.js";

export type { Diagnostic, Suggestion };

/** A metadata key or an event's property, with the type that the project gives it, as `string` or `number[]`. */
export interface TypedKey {
  readonly name: string;
  readonly type: string;
}

export interface NamedSegment {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  /** The canonical query of an auto-update segment; absent for a static one. */
  readonly query?: string;
}

/** All that a project's queries may name: the worker builds its catalogue from it. */
export interface ProjectNames {
  readonly project: string;
  /** IANA name. */
  readonly timezone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly customerMetadata: readonly TypedKey[];
  readonly orderMetadata: readonly TypedKey[];
  readonly events: readonly { readonly name: string; readonly properties: readonly TypedKey[] }[];
  readonly consents: readonly string[];
  /** Expressions of computed attributes by name. */
  readonly computed?: Readonly<Record<string, string>>;
  /** Names of campaigns by kind. */
  readonly campaigns: Readonly<Record<string, readonly string[]>>;
  readonly segments: readonly NamedSegment[];
}

/** A stretch of the text, in UTF-16 units, `to` exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export type TokenRole = "attribute" | "operator" | "value" | "event" | "connective" | "clause" | "comment";

/** A stretch of the text and what it is, for its colour. */
export interface Token extends Stretch {
  readonly role: TokenRole;
}

/** What opens when a part of the sentence is clicked. */
export type Control =
  /** Anything that can be suggested at this place; `kinds` are the kinds that can replace the present part. */
  | { readonly kind: "suggest"; readonly kinds: readonly Suggestion["kind"][] }
  | { readonly kind: "number" }
  | { readonly kind: "money"; readonly currency: string }
  /** `relativeOnly` if only `N units ago` is allowed. */
  | { readonly kind: "date"; readonly relativeOnly: boolean }
  | { readonly kind: "duration" }
  /** Another operator; the operands change with it. */
  | { readonly kind: "operator" }
  /** How often: `at least 3 times`. */
  | { readonly kind: "count" };

/** A part of a condition that can be changed by itself. */
export interface Part extends Stretch {
  readonly role: TokenRole;
  readonly text: string;
  readonly control: Control;
  /** The attribute's name, if the part belongs to an attribute that the catalogue knows. */
  readonly attribute?: string;
}

/** A condition that is joined to others by `and` at the top of the query. */
export interface Clause extends Stretch {
  /** The clauses up to this one, as a query. */
  readonly upTo: string;
  /** All clauses but this one, as a query; undefined if it is the only one. */
  readonly without?: string;
  /** The customers that only this clause excludes, as a query. */
  readonly onlyOutside: string;
}

/** The stretch of text that a part of the form represents. */
interface Formed extends Stretch {
  /** The same with the parentheses around it. */
  readonly whole: Stretch;
}

/** A condition as a row of the form. */
export interface Row extends Formed {
  readonly kind: "row";
  readonly parts: readonly Part[];
}

/** Conditions joined in one way, as a group of the form. */
export interface RowGroup extends Formed {
  readonly kind: "group";
  readonly join: "and" | "or" | "none";
  /** True if a quantifier says how they are joined: `any of (…)`. */
  readonly quantified: boolean;
  readonly children: readonly FormNode[];
}

/** A negated part. */
interface Negation extends Formed {
  readonly kind: "not";
  readonly child: FormNode;
}

export type FormNode = Row | RowGroup | Negation;

/** All that the page shows of a text without asking the server. */
export interface Analysis {
  readonly text: string;
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** In the order of the text; none overlap. */
  readonly tokens: readonly Token[];
  readonly parts: readonly Part[];
  /** The top level as clauses joined by `and`; empty if the query has errors, or one condition only. */
  readonly clauses: readonly Clause[];
  /** Canonical names of the customers' attributes that are mentioned, in order, each once. */
  readonly mentions: readonly string[];
  /** The query as rows and groups; undefined if a part of it could not be parsed, or if `meant` has it. */
  readonly form?: FormNode;
  /** The text with the language's own words for its synonyms; undefined if it has none. */
  readonly meant?: Analysis;
  /** The text in the one canonical form; undefined if the query has errors. */
  readonly canonical?: string;
}

/** A request to the server for values of the data that can be written at a cursor. */
export interface WantedValues {
  readonly attribute: string;
  readonly event?: string;
  readonly search: string;
}

/** A value that the server found in the data. */
export interface FoundValue {
  readonly value: string;
  readonly count: number;
}

/** Replace `from` to `to` with `insert`. */
export interface Edit extends Stretch {
  readonly insert: string;
}

/** An alternative to a part, and the edit that applies it. */
export interface Choice {
  readonly label: string;
  readonly documentation: string;
  readonly edit: Edit;
  /** Where the caret goes after the edit, in the new text; undefined if nothing is missing. */
  readonly missingAt?: number;
}

/** The language's requests, each with its arguments and its answer. */
export interface LanguageService {
  analyse(text: string, asOf: number): Analysis;
  suggest(
    text: string,
    cursor: number,
    asOf: number,
    first: number,
    values: readonly FoundValue[],
  ): readonly Suggestion[];
  wantedValues(text: string, cursor: number): WantedValues | undefined;
  /** Other operators for the operator at a part, or other attributes for the attribute there. */
  choices(text: string, part: Stretch): readonly Choice[];
  /** A condition over an attribute or event to begin with, valid as it is; undefined if it is none. */
  newCondition(name: string): string | undefined;
  /** The text in the canonical form, names as they are; undefined if a part of it could not be parsed. */
  format(text: string): string | undefined;
}

export type Method = keyof LanguageService;

/** A request to the worker, or the names that it uses from now on. */
export type Request =
  | { readonly kind: "names"; readonly names: ProjectNames }
  | { readonly kind: "ask"; readonly id: number; readonly method: Method; readonly args: readonly unknown[] };

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string };
