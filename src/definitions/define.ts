// Defines a project, or extends its definition, without changing the meaning of its existing data.
import { isDeepStrictEqual } from "node:util";
import type { CollectionName } from "../documents/collections.js";
import type { ProjectDocument, PropertyType } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { type Convert, type Derived, rederive, rederiveAllWritten } from "../ingest/rederive.js";
import { normaliseText } from "../plan/text.js";
import { type ProjectDefinition, readDefinition, sameZone } from "../projects/definition.js";
import { listedProjects, listProject } from "../projects/directory.js";
import { definitionChanged, findDefinedProject, newProject, ProjectError } from "../projects/projects.js";
import { isStoreError } from "../store/port.js";
import { queriesBrokenBy } from "./broken-queries.js";
import { refuseWrongComputed } from "./computed.js";

type Schema = Readonly<Record<string, PropertyType>>;

/** Converts the documents of a collection in which a key gets another type. */
export interface Conversion {
  readonly collection: Derived;
  /** Idempotent: does not change a converted document. */
  readonly convert: Convert;
}

/** The parts of the definition that the facts of each collection depend on. */
const derivedUnder: readonly (readonly [Derived, readonly (keyof ProjectDocument)[]])[] = [
  ["customers", ["metadataSchema", "timezone"]],
  ["orders", ["orderMetadataSchema", "timezone"]],
  ["events", ["eventSchemas", "timezone"]],
];

/**
 * Defines a project, or extends its definition: schemas, consents, campaigns and computed attributes are merged with the existing
 * ones; a given list of indexed metadata keys replaces the existing one. The facts of existing customers, orders and events are
 * derived again if the change affects them.
 * @throws ProjectError if the definition is invalid; if other projects leave no room for its indexes; if it changes the zone or
 * the currency of a project with orders, or the type of a key of a collection that has documents; if existing data does not fit a
 * new key; if the query of a saved segment would become invalid.
 */
export async function defineProject(
  engine: Engine,
  project: string,
  definition: unknown,
  {
    conversion,
    computed,
  }: {
    readonly conversion?: Conversion;
    /** Replaces all computed attributes. */
    readonly computed?: ProjectDocument["computed"];
  } = {},
): Promise<ProjectDocument> {
  const asked = readDefinition(definition);
  const stored = await findDefinedProject(engine, project);
  const before = stored ?? newProject(project);
  const merged = mergedDefinition(before, asked);
  const after = computed === undefined ? merged : { ...merged, computed };
  if (isDeepStrictEqual(stored, after)) return after;
  // The merged definition may exceed the limits of one definition.
  readDefinition(after);
  refuseUnknownIndexes(after);
  refuseWrongComputed(after, engine.clock());
  await refuseLossyChanges(engine, before, after, conversion?.collection);
  await refuseBreakingQueries(engine, before, after);
  const concerned = derivedUnder
    .filter(([, keys]) => keys.some((key) => !isDeepStrictEqual(before[key], after[key])))
    .map(([collection]) => collection);
  // The data is converted first: if this is interrupted, values under keys that are not yet defined do no harm.
  const conversionOf = (collection: Derived) =>
    conversion?.collection === collection ? conversion.convert : undefined;
  for (const collection of concerned) await rederive(engine, collection, after, conversionOf(collection));
  // The project is listed before it is defined: one that is listed but not defined is ignored; one that is defined but not listed
  // is lost.
  if (!(await listedProjects(engine)).includes(project))
    await engine.store.write((transaction) => listProject(transaction, project));
  await writeDefinition(engine, after);
  definitionChanged(engine, project);
  // Concurrent writes used the old definition; from here on, writers use the new one.
  for (const collection of concerned)
    await rederiveAllWritten(engine, collection, project, conversionOf(collection));
  return after;
}

async function writeDefinition({ store }: Engine, definition: ProjectDocument): Promise<void> {
  try {
    await store.writeDefinition(definition);
  } catch (error) {
    if (isStoreError(error, "TOO_MANY_INDEXES")) throw new ProjectError(error.message, { cause: error });
    throw error;
  }
}

function refuseUnknownIndexes({ metadataSchema, metadataIndexes = [] }: ProjectDocument): void {
  const unknown = metadataIndexes.filter((key) => !Object.hasOwn(metadataSchema, key));
  if (unknown.length === 0) return;
  const keys = unknown.map((key) => `"${key}"`).join(", ");
  throw new ProjectError(
    `metadataIndexes names ${keys}, which metadataSchema has not. Define it there with its type, or leave it out.`,
  );
}

/** True if the project has a document in this collection. */
export async function hasAny(engine: Engine, project: string, collection: CollectionName): Promise<boolean> {
  return engine.store.reads.documents.any(collection, project);
}

/** A definition with additions: schemas, consents, campaigns and computed attributes are merged. */
export function mergedDefinition(before: ProjectDocument, asked: ProjectDefinition): ProjectDocument {
  const eventSchemas: Record<string, Schema> = { ...before.eventSchemas };
  for (const [type, schema] of Object.entries(asked.eventSchemas ?? {})) {
    eventSchemas[type] = { ...eventSchemas[type], ...schema };
  }
  const campaigns: Record<string, readonly string[]> = { ...before.campaigns };
  for (const [kind, names] of Object.entries(asked.campaigns ?? {})) {
    const known = Object.hasOwn(campaigns, kind) ? campaigns[kind]! : [];
    campaigns[kind] = [...new Set([...known, ...names])];
  }
  const consents = new Map<string, string>();
  for (const consent of [...before.consents, ...(asked.consents ?? [])]) {
    const normalised = normaliseText(consent);
    if (!consents.has(normalised)) consents.set(normalised, consent);
  }
  const { timezone = before.timezone } = asked;
  return {
    ...before,
    // Another name of the same zone means no change, but would derive all data again.
    timezone: sameZone(timezone, before.timezone) ? before.timezone : timezone,
    currency: asked.currency ?? before.currency,
    metadataSchema: { ...before.metadataSchema, ...asked.metadataSchema },
    ...(asked.metadataIndexes === undefined ? {} : { metadataIndexes: [...new Set(asked.metadataIndexes)] }),
    orderMetadataSchema: { ...before.orderMetadataSchema, ...asked.orderMetadataSchema },
    eventSchemas,
    consents: [...consents.values()],
    campaigns,
    ...(before.computed === undefined && asked.computed === undefined
      ? {}
      : { computed: { ...before.computed, ...asked.computed } }),
  };
}

async function refuseLossyChanges(
  engine: Engine,
  before: ProjectDocument,
  after: ProjectDocument,
  converted: Derived | undefined,
): Promise<void> {
  const { project } = before;
  const moves = before.currency !== after.currency || !sameZone(before.timezone, after.timezone);
  if (moves && (await hasAny(engine, project, "orders"))) {
    throw new ProjectError(
      `Project ${project} has orders in ${before.currency} and ${before.timezone}, so it can't become one in ` +
        `${after.currency} and ${after.timezone}. Use another project, or leave these two as they are.`,
    );
  }
  if (converted !== "customers")
    await refuseRetyped(engine, project, "customers", before.metadataSchema, after.metadataSchema);
  if (converted !== "orders")
    await refuseRetyped(engine, project, "orders", before.orderMetadataSchema, after.orderMetadataSchema);
  if (converted === "events") return;
  for (const [type, schema] of Object.entries(before.eventSchemas)) {
    await refuseRetyped(engine, project, "events", schema, after.eventSchemas[type] ?? {});
  }
}

async function refuseBreakingQueries(
  engine: Engine,
  before: ProjectDocument,
  after: ProjectDocument,
): Promise<void> {
  const broken = await queriesBrokenBy(engine, before, after);
  if (broken.length === 0) return;
  const named = broken.slice(0, 5).map(({ segment, message }) => `"${segment.name}" (${message})`);
  const rest = broken.length > 5 ? ` and ${broken.length - 5} more` : "";
  throw new ProjectError(
    `This would break the queries of ${named.join(", ")}${rest}. Change these queries first, or define it otherwise.`,
  );
}

async function refuseRetyped(
  engine: Engine,
  project: string,
  collection: "customers" | "orders" | "events",
  before: Schema,
  after: Schema,
): Promise<void> {
  const retyped = Object.keys(before).filter((key) => before[key] !== after[key]);
  if (retyped.length === 0 || !(await hasAny(engine, project, collection))) return;
  const changes = retyped.map((key) => `\`${key}\` from ${before[key]} to ${after[key]}`);
  throw new ProjectError(
    `Project ${project} already has ${collection}, so it can't change the type of ${changes.join(", ")}. ` +
      "Convert its values with segmentql define, or define a key of another name.",
  );
}
