// Changes the type of a key that the data already uses: values are converted, and those that can't be are kept under another key.
import type { CustomerDocument, EventDocument, OrderDocument, PropertyType } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { convertedValue } from "../facts/convert-value.js";
import { sourceIdOf } from "../facts/identity.js";
import { namedAs } from "../facts/typed-values.js";
import type { Derived } from "../ingest/rederive.js";
import { findProject, ProjectError } from "../projects/projects.js";
import { pagesOf } from "../store/pages.js";
import { defineProject } from "./define.js";

/** The key and its new type. */
export interface Retyping {
  /** The collection whose metadata has the key, or the event whose property it is. */
  readonly of: "customers" | "orders" | { readonly event: string };
  readonly key: string;
  readonly type: PropertyType;
}

/** A value that can't be converted. */
interface Unconverted {
  /** The source id of the value's customer. */
  readonly customer: string;
  readonly value: unknown;
}

export interface RetypeResult {
  readonly from: PropertyType;
  /** How many values were converted. */
  readonly converted: number;
  /** How many could not be converted, and the key under which they are kept. */
  readonly unconverted: number;
  readonly keptAs: string;
  /** The first unconverted values. */
  readonly examples: readonly Unconverted[];
}

export interface RetypeOptions {
  /** Reports the result without changing anything. */
  readonly dryRun?: boolean;
  /** Stops the work while values are counted; the conversion itself is not interrupted. */
  readonly signal?: AbortSignal;
  /** @param done the number of documents that were read. */
  readonly onProgress?: (done: number) => void;
}

const maxExamples = 100;

/** A stored result of `retype` without the values of some customers, by source id; undefined if it has none. */
export function withoutExamplesOf(
  result: Readonly<Record<string, unknown>>,
  isOne: (sourceId: string) => boolean,
): Readonly<Record<string, unknown>> | undefined {
  const { examples = [] } = result as Partial<RetypeResult>;
  const others = examples.filter(({ customer }) => !isOne(customer));
  return others.length === examples.length ? undefined : { ...result, examples: others };
}

type Values = Readonly<Record<string, unknown>>;
type Document = CustomerDocument | OrderDocument | EventDocument;

/**
 * Changes a key's type. Each value is converted; a value that can't be is moved to the key `KEY (was TYPE)`, which no query can
 * name until it is defined. Repeating an interrupted request completes it.
 * @throws ProjectError if the project has no such key, or a saved segment's query would no longer be valid.
 */
export async function retype(
  engine: Engine,
  project: string,
  retyping: Retyping,
  { dryRun = false, signal, onProgress }: RetypeOptions = {},
): Promise<RetypeResult> {
  const definition = await findProject(engine, project);
  const { schema, collection, defined } = targetOf(retyping, definition);
  const key = namedAs(Object.keys(schema), retyping.key);
  if (key === undefined) {
    throw new ProjectError(`There is no key "${retyping.key}" to change the type of. Define it with a type.`);
  }
  const from = schema[key]!;
  const keptAs = `${key} (was ${from})`;
  const convert = converterOf(retyping, key, keptAs, definition.timezone);
  const examples: Unconverted[] = [];
  let [converted, unconverted, done] = [0, 0, 0];
  for await (const page of pagesOf(engine.store, collection, project)) {
    signal?.throwIfAborted();
    for (const document of page as readonly Document[]) {
      const { found, failed } = convert(document);
      if (failed !== undefined) {
        unconverted += 1;
        if (examples.length < maxExamples)
          examples.push({ customer: ownerOf(document), value: failed.value });
      } else if (found) converted += 1;
    }
    done += page.length;
    onProgress?.(done);
  }
  const result = { from, converted, unconverted, keptAs, examples };
  if (dryRun || from === retyping.type) return result;
  await defineProject(engine, project, defined(key), {
    conversion: { collection, convert: (document) => convert(document as Document).document },
  });
  return result;
}

function ownerOf(document: Document): string {
  return "customer" in document ? sourceIdOf(document.project, document.customer) : document.source_id;
}

/** The schema of the key, the collection with its values, and the definition that changes its type. */
function targetOf({ of, type }: Retyping, definition: Awaited<ReturnType<typeof findProject>>) {
  if (of === "customers") {
    const schema = definition.metadataSchema;
    return {
      schema,
      collection: "customers" as Derived,
      defined: (key: string) => ({ metadataSchema: { [key]: type } }),
    };
  }
  if (of === "orders") {
    const schema = definition.orderMetadataSchema;
    return {
      schema,
      collection: "orders" as Derived,
      defined: (key: string) => ({ orderMetadataSchema: { [key]: type } }),
    };
  }
  const event = namedAs(Object.keys(definition.eventSchemas), of.event);
  if (event === undefined) throw new ProjectError(`There is no event "${of.event}". Define it first.`);
  return {
    schema: definition.eventSchemas[event]!,
    collection: "events" as Derived,
    defined: (key: string) => ({ eventSchemas: { [event]: { [key]: type } } }),
  };
}

interface Converted {
  readonly document: Document;
  /** True if the document has a value under the key. */
  readonly found: boolean;
  readonly failed?: { readonly value: unknown };
}

function converterOf({ of, type }: Retyping, key: string, keptAs: string, zone: string) {
  return (document: Document): Converted => {
    if (typeof of === "object" && namedAs([of.event], (document as EventDocument).type) === undefined)
      return { document, found: false };
    const values = valuesOf(document);
    const written = Object.keys(values).find((name) => namedAs([key], name) !== undefined);
    if (written === undefined || values[written] === null) return { document, found: false };
    const value = values[written];
    const made = convertedValue(value, type, zone);
    const { [written]: _replaced, ...others } = values;
    if (made === undefined) {
      return {
        document: withValues(document, { ...others, [keptAs]: value }),
        found: true,
        failed: { value },
      };
    }
    return { document: withValues(document, { ...values, [written]: made.value }), found: true };
  };
}

function valuesOf(document: Document): Values {
  if ("profile" in document) return document.profile.metadata ?? {};
  return "properties" in document ? document.properties : (document.metadata ?? {});
}

function withValues(document: Document, values: Values): Document {
  if ("profile" in document) return { ...document, profile: { ...document.profile, metadata: values } };
  return "properties" in document ? { ...document, properties: values } : { ...document, metadata: values };
}
