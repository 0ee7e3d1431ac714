// A project's sources: the systems whose customers and orders it receives.
import { randomUUID } from "node:crypto";
import { defineProject } from "../definitions/define.js";
import {
  type SourceApi,
  type SourceDocument,
  type SourceKind,
  sourceKinds,
} from "../documents/source-documents.js";
import type { Engine } from "../engine.js";
import { normaliseText, trimText } from "../plan/text.js";
import { countCreated, countDeleted, leavePlaces, takePlace } from "../projects/inventory.js";
import { findProject } from "../projects/projects.js";
import { inBatches } from "../store/batches.js";
import { newSecret, readSecret, withSecret } from "./secrets.js";
import { readApi } from "./source-api.js";
import { noSuchSource, SourceError } from "./source-error.js";
import { vendors } from "./vendors/vendors.js";

/** The most sources of a project. */
export const maxSources = 50;
const maxNameLength = 100;
/** How many documents are removed in one transaction. */
const removeBatch = 500;

export interface SourceRequest {
  readonly name: string;
  readonly kind: SourceKind;
  /** The one that the sender shows; generated if it is omitted. */
  readonly secret?: string | undefined;
  readonly keepUnknown?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  /** The API that records are fetched from: for BigCommerce, and only for it. */
  readonly api?: SourceApi | undefined;
}

export interface SourceChanges {
  readonly name?: string | undefined;
  readonly secret?: string | undefined;
  /** True to generate a new secret. The previous one is accepted for a day. */
  readonly rotateSecret?: boolean | undefined;
  readonly keepUnknown?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly api?: SourceApi | undefined;
}

/** The project's sources, the oldest first. */
export async function sourcesOf({ store }: Engine, project: string): Promise<readonly SourceDocument[]> {
  const sources = await store.reads.sources.all(project);
  return sources.toSorted(
    (one, other) => one.created_at.getTime() - other.created_at.getTime() || (one._id < other._id ? -1 : 1),
  );
}

/** Finds a source by its id. @throws SourceError `NOT_FOUND`. */
export async function findSource({ store }: Engine, project: string, id: string): Promise<SourceDocument> {
  const [found] = await store.getMany("sources", [id]);
  if (found?.project !== project) throw noSuchSource(id);
  return found;
}

/**
 * Creates a source, and adds the consents and the metadata of its records to the project's definition.
 * @throws SourceError; UnknownProjectError; ProjectError if the project has a key of the metadata with another type.
 */
export async function createSource(
  engine: Engine,
  project: string,
  request: SourceRequest,
): Promise<SourceDocument> {
  await findProject(engine, project);
  const { kind } = request;
  if (!sourceKinds.includes(kind))
    throw new SourceError("INVALID_INPUT", "kind", `There are the kinds ${sourceKinds.join(", ")}.`);
  const name = readName(request.name);
  const secret = request.secret === undefined ? newSecret() : readSecret(request.secret);
  const api = readApi(engine, kind, request.api);
  const listed = await sourcesOf(engine, project);
  refuseAddition(listed, { name, kind });
  await defineProject(engine, project, vendors[kind].needs);
  const now = new Date(engine.clock());
  const source: SourceDocument = {
    _id: randomUUID(),
    project,
    name,
    kind,
    secret,
    enabled: request.enabled ?? true,
    keep_unknown: request.keepUnknown ?? false,
    ...(api === undefined ? {} : { api }),
    received: { accepted: 0, ignored: 0, rejected: 0, problems: [] },
    created_at: now,
    updated_at: now,
  };
  await engine.store.write(async (transaction) => {
    // Creations that happen at once conflict here, so the one that is repeated sees the other.
    refuseFull((await countCreated(transaction, project, "sources", listed.length)) - 1);
    if (!(await takePlace(transaction, project, namePlace(name)))) throw nameTaken(name);
    if (kind === "BIGCOMMERCE" && !(await takePlace(transaction, project, kindPlace(kind))))
      throw secondBigCommerce();
    await transaction.put("sources", [source]);
  });
  return source;
}

/** Changes a source; omitted fields are unchanged. @throws SourceError. */
export async function updateSource(
  engine: Engine,
  project: string,
  id: string,
  changes: SourceChanges,
): Promise<SourceDocument> {
  if (changes.secret !== undefined && changes.rotateSecret === true)
    throw new SourceError("INVALID_SECRET", "secret", "Give a secret or have one made: not both.");
  const { kind } = await findSource(engine, project, id);
  const name = changes.name === undefined ? undefined : readName(changes.name);
  const given = changes.secret === undefined ? undefined : readSecret(changes.secret);
  const secret = changes.rotateSecret === true ? newSecret() : given;
  const api = changes.api === undefined ? undefined : readApi(engine, kind, changes.api);
  if (name !== undefined)
    refuseTaken(
      (await sourcesOf(engine, project)).filter(({ _id }) => _id !== id),
      name,
    );
  return engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("sources", [id]);
    if (known?.project !== project) throw noSuchSource(id);
    if (name !== undefined && namePlace(name) !== namePlace(known.name)) {
      if (!(await takePlace(transaction, project, namePlace(name)))) throw nameTaken(name);
      await leavePlaces(transaction, project, [namePlace(known.name)]);
    }
    const now = engine.clock();
    const source: SourceDocument = {
      ...(secret === undefined ? known : withSecret(known, secret, now)),
      ...(name === undefined ? {} : { name }),
      ...(api === undefined ? {} : { api }),
      enabled: changes.enabled ?? known.enabled,
      keep_unknown: changes.keepUnknown ?? known.keep_unknown,
      updated_at: new Date(now),
    };
    await transaction.put("sources", [source]);
    return source;
  });
}

/**
 * Deletes a source: deliveries to it are refused from then on. The customers and orders that it sent are kept.
 * @throws SourceError `NOT_FOUND`.
 */
export async function deleteSource(engine: Engine, project: string, id: string): Promise<void> {
  const { store } = engine;
  await store.write(async (transaction) => {
    const [known] = await transaction.getMany("sources", [id]);
    if (known?.project !== project) throw noSuchSource(id);
    await transaction.remove("sources", [id]);
    await countDeleted(transaction, project, "sources");
    const kind = known.kind === "BIGCOMMERCE" ? [kindPlace(known.kind)] : [];
    await leavePlaces(transaction, project, [namePlace(known.name), ...kind]);
  });
  await inBatches(
    () => store.reads.sources.recordIds(project, { source: id }, removeBatch),
    (ids) => store.write((transaction) => transaction.remove("source_records", ids)),
  );
}

/** @throws SourceError if a source of this name or kind can't be added to the others. */
function refuseAddition(
  others: readonly SourceDocument[],
  { name, kind }: Pick<SourceDocument, "name" | "kind">,
): void {
  refuseFull(others.length);
  refuseTaken(others, name);
  if (kind === "BIGCOMMERCE" && others.some((other) => other.kind === kind)) throw secondBigCommerce();
}

function secondBigCommerce(): SourceError {
  return new SourceError(
    "INVALID_INPUT",
    "kind",
    "The project has a source of BigCommerce. Each store numbers its orders from 100, so that two stores would overwrite each other's: create a project for the other store.",
  );
}

function namePlace(name: string): string {
  return `source_names/${normaliseText(name)}`;
}

function kindPlace(kind: SourceDocument["kind"]): string {
  return `source_kinds/${kind}`;
}

function refuseFull(others: number): void {
  if (others >= maxSources)
    throw new SourceError(
      "TOO_MANY_SOURCES",
      "name",
      `The project has ${maxSources} sources, which is the most. Delete one first.`,
    );
}

function readName(written: string): string {
  const name = trimText(written);
  if (name !== "" && name.length <= maxNameLength) return name;
  throw new SourceError("INVALID_NAME", "name", `A source's name has 1 to ${maxNameLength} characters.`);
}

function refuseTaken(others: readonly SourceDocument[], name: string): void {
  if (others.some((other) => normaliseText(other.name) === normaliseText(name))) throw nameTaken(name);
}

function nameTaken(name: string): SourceError {
  return new SourceError(
    "NAME_TAKEN",
    "name",
    `There is a source called "${name}" already. Choose another name.`,
  );
}
