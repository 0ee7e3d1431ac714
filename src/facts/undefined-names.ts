// Finds names in records that the project does not define. Their values are kept as given, and no query can name them until they
// are defined.
import type { ProjectDocument } from "../documents/documents.js";
import { schemaOfEvents } from "./record-facts.js";
import { namedAs } from "./typed-values.js";

/** The kind of a name. */
type NameKind = "metadata" | "order metadata" | "event" | "event property";

interface UndefinedName {
  readonly kind: NameKind;
  /** The type of event, for a property. */
  readonly event?: string;
  readonly name: string;
  /** How many records have it. */
  readonly count: number;
}

/** Collects the names of records that a definition lacks. */
export interface UndefinedNames {
  /** @param record the record as given, checked or not. */
  observe(collection: "customers" | "orders" | "events", record: unknown): void;
  /** The names found, the most frequent first. */
  found(): readonly UndefinedName[];
}

/** The most names collected; further ones are ignored. */
const maxNames = 1_000;

export function undefinedNames(definition: ProjectDocument): UndefinedNames {
  const counts = new Map<string, { readonly name: Omit<UndefinedName, "count">; count: number }>();
  const known = new Map<string, boolean>();
  const isKnown = (names: readonly string[], name: string, scope: string): boolean => {
    const key = `${scope}\u0000${name}`;
    let answer = known.get(key);
    if (answer === undefined) {
      answer = namedAs(names, name) !== undefined;
      if (known.size < maxNames) known.set(key, answer);
    }
    return answer;
  };
  const add = (name: Omit<UndefinedName, "count">): void => {
    const key = JSON.stringify(name);
    const entry = counts.get(key);
    if (entry !== undefined) entry.count += 1;
    else if (counts.size < maxNames) counts.set(key, { name, count: 1 });
  };
  const addKeys = (values: unknown, schema: object, kind: NameKind, event?: string): void => {
    if (typeof values !== "object" || values === null || Array.isArray(values)) return;
    const names = Object.keys(schema);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || isKnown(names, name, `${kind}\u0000${event ?? ""}`)) continue;
      add(event === undefined ? { kind, name } : { kind, event, name });
    }
  };
  return {
    observe(collection, record) {
      if (typeof record !== "object" || record === null) return;
      const { metadata, type, properties } = record as Readonly<Record<string, unknown>>;
      if (collection === "customers") addKeys(metadata, definition.metadataSchema, "metadata");
      else if (collection === "orders") addKeys(metadata, definition.orderMetadataSchema, "order metadata");
      else if (typeof type === "string") {
        const event = namedAs(Object.keys(definition.eventSchemas), type);
        if (event === undefined) add({ kind: "event", name: type.trim() });
        else addKeys(properties, schemaOfEvents(event, definition), "event property", event);
      }
    },
    found: () =>
      [...counts.values()]
        .map(({ name, count }) => ({ ...name, count }))
        .sort((one, other) => other.count - one.count),
  };
}
