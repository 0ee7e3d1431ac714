// Finds metadata keys, events and properties in the data that the definition lacks, with the types that their values fit.
import type { ProjectDocument, PropertyType } from "../documents/documents.js";
import { elementTypeOf, isListType } from "../documents/property-types.js";
import type { Engine } from "../engine.js";
import { convertedValue } from "../facts/convert-value.js";
import { isDay } from "../facts/instants.js";
import { schemaOfEvents } from "../facts/record-facts.js";
import { namedAs } from "../facts/typed-values.js";
import { findProject } from "../projects/projects.js";
import { pagesOf } from "../store/pages.js";

export interface MissingKey {
  readonly kind: "metadata" | "order metadata" | "event" | "event property";
  /** The type of event, for a property. */
  readonly event?: string;
  readonly name: string;
  /** The narrowest type that fits every value; undefined for an event, and if no type fits all values. */
  readonly type?: PropertyType;
  /** How many records have it. */
  readonly count: number;
}

/** The most names of one result; the others are found once these are defined. */
const maxNames = 1_000;

const candidates = [
  "boolean",
  "number",
  "date",
  "datetime",
  "boolean[]",
  "number[]",
  "date[]",
  "datetime[]",
  "string[]",
  "string",
] as const satisfies readonly PropertyType[];

export interface SearchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
  /** How many records of each collection are read, the first by id; rounded up to whole pages. All by default. */
  readonly maxRecords?: number;
}

/** Searches the data of a project for what its definition lacks. */
export async function missingDefinitions(
  engine: Engine,
  project: string,
  options: SearchOptions = {},
): Promise<readonly MissingKey[]> {
  const { maxRecords = Number.POSITIVE_INFINITY } = options;
  const definition = await findProject(engine, project);
  const found = new Collector(definition);
  let done = 0;
  for (const collection of ["customers", "orders", "events"] as const) {
    let read = 0;
    for await (const page of pagesOf(engine.store, collection, project)) {
      options.signal?.throwIfAborted();
      for (const document of page) {
        if ("profile" in document)
          found.addKeys("metadata", document.profile.metadata ?? {}, definition.metadataSchema);
        else if ("properties" in document) found.addEvent(document.type, document.properties);
        else found.addKeys("order metadata", document.metadata ?? {}, definition.orderMetadataSchema);
      }
      done += page.length;
      read += page.length;
      options.onProgress?.(done);
      if (read >= maxRecords) break;
    }
  }
  return found.all();
}

/** A definition of the missing names, for `defineProject`. */
export function definitionOfMissing(missing: readonly MissingKey[]): object {
  const of = (kind: MissingKey["kind"]) =>
    missing.filter((each) => each.kind === kind && (kind === "event" || each.type !== undefined));
  const schemaOf = (keys: readonly MissingKey[]) =>
    Object.fromEntries(keys.map(({ name, type }) => [name, type!]));
  const events = [
    ...new Set([...of("event").map(({ name }) => name), ...of("event property").map(({ event }) => event!)]),
  ];
  const properties = of("event property");
  return {
    metadataSchema: schemaOf(of("metadata")),
    orderMetadataSchema: schemaOf(of("order metadata")),
    eventSchemas: Object.fromEntries(
      events.map((event) => [event, schemaOf(properties.filter((property) => property.event === event))]),
    ),
  };
}

interface Entry {
  readonly key: Omit<MissingKey, "count" | "type">;
  types: readonly PropertyType[];
  count: number;
}

class Collector {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly definition: ProjectDocument) {}

  addEvent(type: string, properties: Readonly<Record<string, unknown>>): void {
    const known = namedAs(Object.keys(this.definition.eventSchemas), type);
    if (known === undefined) this.add({ kind: "event", name: type });
    this.addKeys(
      "event property",
      properties,
      known === undefined ? {} : schemaOfEvents(known, this.definition),
      known ?? type,
    );
  }

  addKeys(
    kind: MissingKey["kind"],
    values: Readonly<Record<string, unknown>>,
    schema: Readonly<Record<string, PropertyType>>,
    event?: string,
  ): void {
    const names = Object.keys(schema);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === "" || name.trim() === "" || name === "__proto__") continue;
      if (namedAs(names, name) !== undefined) continue;
      this.add(event === undefined ? { kind, name } : { kind, event, name }, value);
    }
  }

  all(): readonly MissingKey[] {
    return [...this.entries.values()]
      .map(
        ({ key, types: [type], count }): MissingKey =>
          key.kind === "event" || type === undefined ? { ...key, count } : { ...key, type, count },
      )
      .sort((one, other) => other.count - one.count);
  }

  private add(key: Entry["key"], value?: unknown): void {
    const id = JSON.stringify(key);
    let entry = this.entries.get(id);
    if (entry === undefined) {
      if (this.entries.size >= maxNames) return;
      entry = { key, types: candidates, count: 0 };
      this.entries.set(id, entry);
    }
    entry.count += 1;
    if (key.kind !== "event") entry.types = entry.types.filter((type) => fits(value, type));
  }
}

/** True if a value is valid for the type. */
function fits(value: unknown, type: PropertyType): boolean {
  if (isListType(type)) {
    const element = elementTypeOf(type);
    return Array.isArray(value) && value.every((each) => fits(each, element));
  }
  switch (type) {
    case "string":
      return typeof value === "string";
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isDay(value.trim());
    case "datetime":
      return (
        typeof value === "string" &&
        /^\d{4}-\d\d-\d\d/.test(value.trim()) &&
        convertedValue(value, "datetime", "UTC") !== undefined
      );
    default:
      return type satisfies never;
  }
}
