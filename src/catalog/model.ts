// The parts of a catalogue, as types: attributes, types of events, and the names that find them.
import type { Comparison, Measure } from "../../grammar/tree.js";
import type { ValueType } from "../plan/literals.js";
import type { Field } from "../plan/plan.js";
import type { SegmentNames } from "./segments.js";

/** What a set's elements compare as; `product` is compared by id, SKU or part of the name. */
export type ElementType = ValueType;

export interface Attribute {
  /** Canonical name. */
  readonly name: string;
  /** Its name in sentences that are no queries; `name` if absent. */
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
  /** True if the stored figure may have a fraction of the minor unit. */
  readonly fractional?: boolean;
  readonly field: Field;
  /** Of text: where it is as it was given, in the document of `field`. */
  readonly given?: GivenText;
  /** The project's definition; until it is bound to an instant, `field` is only a placeholder of the type. */
  readonly computed?: {
    /** Its name in the project. */
    readonly name: string;
    readonly text: string;
    readonly expression: Measure | Comparison;
  };
}

/** The path of a text as it was given; with a `key`, the text is that key's in the object at the path. */
interface GivenText {
  readonly path: string;
  readonly key?: string;
}

export interface EventType {
  /** As the project defines it; `order` is built in. */
  readonly name: string;
  readonly builtIn: boolean;
  /** What `where` and measures may name: attributes whose fields have the scope `record`. */
  readonly properties: readonly Attribute[];
  /** The same as a separate catalogue, in which the names of a `where` are looked up. */
  readonly catalog: Catalog;
  /** Of an order: one line of it, whose properties have the scope `line`. */
  readonly line?: EventType;
}

export interface Catalog {
  readonly project: string;
  /** IANA name. */
  readonly timezone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly attributes: readonly Attribute[];
  /** Those of the attributes that are computed. */
  readonly computed: readonly Attribute[];
  /** The types of events; none in the catalogue of an event's own properties. */
  readonly events: readonly EventType[];
  readonly campaigns: Readonly<Record<string, readonly string[]>>;
  /** The segments that `in segment` may name. */
  readonly segments: SegmentNames;
  /** Attributes by name or phrase as written, and by the name's normalised key. */
  readonly byName: ReadonlyMap<string, Attribute>;
  readonly byKey: ReadonlyMap<string, Attribute>;
  /** Metadata attributes by key as defined, and by its normalised key. */
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
