// What a comparison at the cursor is about, once its words are looked up in the catalogue.
import type { ComparedSubject } from "../../grammar/completion/expectation.js";
import { resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import { typeOfMeasure } from "../catalog/measures.js";
import type { Attribute, Catalog, EventType } from "../catalog/model.js";
import { kindOf } from "../check/records/attribute-values.js";
import { takesWindow } from "../check/records/figures.js";
import type { ValueType } from "../plan/literals.js";

export interface ResolvedSubject {
  /** As a sentence names it. */
  readonly name: string;
  /** The type that it is compared as. */
  readonly type: ValueType;
  /** The attribute, or the event's property, whose values are compared; absent if a time or a count is compared. */
  readonly attribute?: Attribute;
  /** The event whose property it is. */
  readonly event?: EventType;
}

/** The kind of attributes that the subject can be compared with; undefined if there are none. */
export function comparedKind({ type, attribute }: ResolvedSubject): string | undefined {
  return kindOf({ type, element: attribute?.element });
}

/** True if an attribute's values can be compared with the subject's. */
export function isComparable(subject: ResolvedSubject, attribute: Attribute): boolean {
  const kind = comparedKind(subject);
  return kind !== undefined && attribute.type !== "set" && kind === kindOf(attribute);
}

/** Undefined if the words name nothing. */
export function resolveSubject(catalog: Catalog, subject: ComparedSubject): ResolvedSubject | undefined {
  switch (subject.kind) {
    case "window":
      if (subject.figure !== undefined && resolveSubject(catalog, subject.figure) === undefined)
        return undefined;
      return { name: "the time of the event", type: "datetime" };
    case "figure": {
      const attribute = resolveName(catalog, subject.words)?.attribute;
      return attribute === undefined || !takesWindow(attribute)
        ? undefined
        : { name: attribute.name, type: attribute.type, attribute };
    }
    case "occurrence":
      return findEventType(catalog, subject.event) && { name: subject.event, type: "datetime" };
    case "attribute": {
      const named = subject.event === undefined ? undefined : findEventType(catalog, subject.event);
      const event = subject.line ? named?.line : named;
      if (subject.event !== undefined && event === undefined) return undefined;
      const resolved = resolveName(event?.catalog ?? catalog, subject.words);
      if (resolved === undefined) return undefined;
      const { attribute, aspect } = resolved;
      if (aspect !== undefined) return { name: subject.words, type: aspect };
      return { name: attribute.name, type: attribute.type, attribute, event };
    }
    case "measure": {
      const event = findEventType(catalog, subject.event);
      if (event === undefined) return undefined;
      const name = `${subject.aggregate} of ${subject.property === undefined ? "" : `${subject.property} of `}${event.name}`;
      const measured =
        subject.property === undefined ? undefined : resolveName(event.catalog, subject.property)?.attribute;
      const type = typeOfMeasure(subject.aggregate, measured?.type);
      return type && { name, type };
    }
    default:
      return subject satisfies never;
  }
}
