// Projects: each is a world of its own, with its zone, its currency and the names that its queries may say. How one is
// defined stands in define.ts, apart, since it loads far more than reading one does.
import { isDeepStrictEqual } from "node:util";
import type { ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { recentAnswers } from "../recent.js";

/** The project that is meant where none is named. It is there without being defined. */
export const defaultProject = "default";

/** A project was named or defined as it can't be: `message` says what to write instead. */
export class ProjectError extends Error {
  override readonly name: string = "ProjectError";
}

/** A project was named that nobody has defined. */
export class UnknownProjectError extends ProjectError {
  override readonly name = "UnknownProjectError";
}

/** True where the text can name a project. */
export function isProjectId(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,62}$/.test(text);
}

/**
 * The project's definition. The default project is in UTC and USD, with no names, until it is defined.
 * @throws UnknownProjectError where it is another one that nobody has defined; ProjectError where `project` names none.
 */
export async function findProject(engine: Engine, project: string): Promise<ProjectDocument> {
  const found = await findDefinedProject(engine, project);
  if (found !== undefined) return found;
  if (project === defaultProject) return newProject(project);
  throw new UnknownProjectError(
    `There is no project "${project}". Define it, or import something into it, first.`,
  );
}

/** Whether a project's definition is another by now than the one that something was written under. */
export async function isRedefined(engine: Engine, definition: ProjectDocument): Promise<boolean> {
  return !isDeepStrictEqual(await findProject(engine, definition.project), definition);
}

/** How long a definition is kept for questions, in milliseconds. */
const recentMs = 1_000;

const recentDefinitions = recentAnswers<ProjectDocument>({ ttl: recentMs });

/**
 * The definition for a question: at most a second old, so that not every question reads it. Another process's change is seen
 * within that second, one of this process at once. What is written uses the definition of `findProject`.
 * @throws as `findProject`.
 */
export function recentProject(engine: Engine, project: string): Promise<ProjectDocument> {
  return recentDefinitions.get(engine.store, project, () => findProject(engine, project));
}

/** To be called after a definition changes. */
export function definitionChanged(engine: Engine, project: string): void {
  recentDefinitions.forget(engine.store, project);
}

/**
 * The project's definition; undefined where nobody has defined it yet.
 * @throws ProjectError where `project` can't name a project.
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

/** What a project is until somebody says more of it. */
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
