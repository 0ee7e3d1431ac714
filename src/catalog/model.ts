// What a catalogue is made of, as types: attributes, types of events, and the names that find them.
import type { Comparison, Measure } from "../../grammar/tree.js";
import type { ValueType } from "../plan/literals.js";
import type { Field } from "../plan/plan.js";
import type { SegmentNames } from "./segments.js";

/** What a set's elements compare as; `product` stands for id, SKU or part of the name. */
export type ElementType = ValueType;

export interface Attribute {
  /** Canonical name. */
  readonly name: string;
  /** What a sentence that is no query calls it; its name if this is left out. */
  readonly label?: string;
  /** Other ways to say it, lower case. */
  readonly phrases: readonly string[];
  readonly type: ValueType;
  /** For sets. */
  readonly element?: ElementType;
  /** For enumerations, and sets of them: every value there is. */
  readonly values?: readonly string[];
  /** The kind of campaign that `in campaign "…"` may narrow to. */
  readonly campaigns?: string;
  /** True where the stored figure may have a fraction of the minor unit. */
  readonly fractional?: boolean;
  readonly field: Field;
  /** What the project defines it by; `field` is then no more than a type's until it is bound to an instant. */
  readonly computed?: {
    /** As the project calls it. */
    readonly name: string;
    readonly text: string;
    readonly expression: Measure | Comparison;
  };
}

export interface EventType {
  /** As the project defines it; `order` is built in. */
  readonly name: string;
  readonly builtIn: boolean;
  /** What `where` and measures may name: attributes whose fields are of scope `record`. */
  readonly properties: readonly Attribute[];
  /** The same as a catalogue of its own, in which the names of a `where` are looked up. */
  readonly catalog: Catalog;
  /** Of an order: one line of it, whose properties are of scope `line`. */
  readonly line?: EventType;
}

export interface Catalog {
  readonly project: string;
  /** IANA name. */
  readonly timezone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly attributes: readonly Attribute[];
  /** The types of events; none in the catalogue of an event's own properties. */
  readonly events: readonly EventType[];
  readonly campaigns: Readonly<Record<string, readonly string[]>>;
  /** The segments that `in segment` may name. */
  readonly segments: SegmentNames;
  /** Attributes by name or phrase as written, and by the name's key. */
  readonly byName: ReadonlyMap<string, Attribute>;
  readonly byKey: ReadonlyMap<string, Attribute>;
  /** Metadata attributes by key as defined, and by the key's key. */
  readonly metadataByName: ReadonlyMap<string, Attribute>;
  readonly metadataByKey: ReadonlyMap<string, Attribute>;
}

/** Part of a day of the year that a date may be compared by. */
export type Aspect = "yearly" | "month";

export interface ResolvedName {
  readonly attribute: Attribute;
  /** For `birthday anniversary` and `birthday month`. */
  readonly aspect?: Aspect;
}
