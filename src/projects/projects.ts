// Reads projects. Each project is isolated, with its own zone, currency and names for queries. Defining a project is in
// definitions/define.ts, which loads far more code.
import { isDeepStrictEqual } from "node:util";
import type { ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { recentAnswers } from "../recent.js";

/** The project to use if none is named. It exists without being defined. */
export const defaultProject = "default";

/** A project's name or definition is invalid: `message` says what to write instead. */
export class ProjectError extends Error {
  override readonly name: string = "ProjectError";
}

/** The named project is not defined. */
export class UnknownProjectError extends ProjectError {
  override readonly name = "UnknownProjectError";
}

/** True if the text is a valid name of a project. */
export function isProjectId(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,62}$/.test(text);
}

/**
 * The project's definition. Until it is defined, the default project has UTC, USD and no schemas.
 * @throws UnknownProjectError if another project is not defined; ProjectError if `project` is not a valid name.
 */
export async function findProject(engine: Engine, project: string): Promise<ProjectDocument> {
  const found = await findDefinedProject(engine, project);
  if (found !== undefined) return found;
  if (project === defaultProject) return newProject(project);
  throw new UnknownProjectError(
    `There is no project "${project}". Define it, or import something into it, first.`,
  );
}

/** True if a project's definition has changed from `definition`, which a write used. */
export async function isRedefined(engine: Engine, definition: ProjectDocument): Promise<boolean> {
  return !isDeepStrictEqual(await findProject(engine, definition.project), definition);
}

/** How long a definition is cached for questions, in milliseconds. */
const recentMs = 1_000;

const recentDefinitions = recentAnswers<ProjectDocument>({ ttl: recentMs });

/**
 * The definition for a question: at most a second old, so that not every question reads it. A change by another process is seen
 * within that second, one by this process at once. Writes use `findProject` instead.
 * @throws as `findProject`.
 */
export function recentProject(engine: Engine, project: string): Promise<ProjectDocument> {
  return recentDefinitions.get(engine.store, project, () => findProject(engine, project));
}

/** Call this after a definition changes. */
export function definitionChanged(engine: Engine, project: string): void {
  recentDefinitions.forget(engine.store, project);
}

/**
 * The project's definition; undefined if it is not defined yet.
 * @throws ProjectError if `project` is not a valid name.
 */
export async function findDefinedProject(
  engine: Engine,
  project: string,
): Promise<ProjectDocument | undefined> {
  if (!isProjectId(project)) {
    throw new ProjectError(
      `"${project.slice(0, 80)}" can't name a project: use 1 to 63 of a-z, 0-9, _ and -, with a letter or digit first.`,
    );
  }
  const [found] = await engine.store.getMany("projects", [project]);
  return found;
}

/** The definition of a project before anything is defined. */
export function newProject(project: string): ProjectDocument {
  return {
    _id: project,
    project,
    timezone: "UTC",
    currency: "USD",
    metadataSchema: {},
    orderMetadataSchema: {},
    eventSchemas: {},
    consents: [],
    campaigns: {},
  };
}
