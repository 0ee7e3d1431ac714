// Where the data's values for a comparison are stored.
import type { Attribute, EventType } from "../../catalog/model.js";
import type { ValueType } from "../../plan/literals.js";
import { normaliseText } from "../../plan/text.js";
import type { ValueSource } from "../../store/reads/values.js";

/** The limits of what is read. */
export interface ReadLimits {
  /** Rows for the most frequent values. */
  readonly sampledRows: number;
  /** Rows whose value begins with a search. */
  readonly searchedRows: number;
  /** Different values that are kept of the sampled rows. */
  readonly keptValues: number;
}

export const defaultBounds: ReadLimits = { sampledRows: 5_000, searchedRows: 10_000, keptValues: 1_000 };

export type ElementKind = Extract<
  ValueType | "product",
  "text" | "exact" | "country" | "enumeration" | "number" | "product"
>;

const suggested: readonly ElementKind[] = ["text", "exact", "country", "enumeration", "number", "product"];

function isSuggested(kind: string): kind is ElementKind {
  return suggested.some((each) => each === kind);
}

/** Where the values of an attribute are stored, and what kind of values they are. */
export interface AttributeValues {
  readonly source: ValueSource;
  readonly kind: ElementKind;
}

/** Where the values of an attribute, or of an event's property, are stored; undefined if they are not worth listing, as dates. */
export function valuesOf(
  project: string,
  { type, element, field }: Attribute,
  event: EventType | undefined,
): AttributeValues | undefined {
  const kind = type === "set" ? (element ?? "text") : type;
  if (!isSuggested(kind)) return undefined;
  const values = { project, path: field.path, set: type === "set" };
  if (field.scope !== "record") {
    const isStored = field.scope === "profile" || kind === "product";
    return isStored ? { kind, source: { ...values, collection: "customers" } } : undefined;
  }
  if (event === undefined) return undefined;
  return event.builtIn
    ? { kind, source: { ...values, collection: "orders" } }
    : { kind, source: { ...values, collection: "events", type: event.name } };
}

/** The prefix by which an index finds values that begin with a search; undefined if there is none. */
export function prefixOf(kind: ElementKind, search: string): string | undefined {
  const text = kind === "exact" ? search : normaliseText(search);
  return (kind === "text" || kind === "exact") && text !== "" ? text : undefined;
}
