// The names that commands without customers check a query against: those of the project in the store, those of a definition in a
// file, or the attributes of every project.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalogOf } from "../../catalog/catalog.js";
import type { Catalog } from "../../catalog/model.js";
import { mergedDefinition } from "../../definitions/define.js";
import type { Engine } from "../../engine.js";
import { readDefinition } from "../../projects/definition.js";
import { findProject, newProject, ProjectError } from "../../projects/projects.js";
import { catalogFor } from "../../query/catalog.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { commandEnvironment, dataPlace, type GlobalOptions, withEngine } from "../session.js";
import { complain } from "../terminal/output.js";

export interface NamesOptions extends GlobalOptions {
  /** The path of a definition, as `project.json` of an interchange folder. */
  readonly definition?: string;
}

export interface KnownNames {
  readonly catalog: Catalog;
  /** The present, in milliseconds since the epoch. */
  readonly now: number;
  /** Present if the names are those of a project in a store. */
  readonly engine?: Engine;
}

/**
 * Runs `work` with the names that `text` may use. No store is opened with `--definition`, or if there is no data.
 * @throws CommandFailure if the file contains no definition.
 */
export async function withNames<Result>(
  options: NamesOptions,
  text: string,
  work: (names: KnownNames) => Promise<Result>,
): Promise<Result> {
  const { definition: file, project } = options;
  if (file !== undefined) return work(namesOf(project, readJson(file)));
  const { uri, folder } = dataPlace(options);
  if (uri === undefined && folder !== undefined && !existsSync(resolve(folder))) {
    complain(
      `There is no data in ${folder}: this is checked against what every project has. --definition FILE says what yours has beside that.`,
    );
    return work(namesOf(project, {}));
  }
  return withEngine(options, false, async (engine) => {
    const definition = await findProject(engine, project);
    return work({ catalog: await catalogFor(engine, definition, text), now: engine.clock(), engine });
  });
}

function namesOf(project: string, definition: unknown): KnownNames {
  try {
    const read = readDefinition(definition);
    return {
      catalog: catalogOf(mergedDefinition(newProject(project), read)),
      now: commandEnvironment().clock(),
    };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    throw new CommandFailure(exitCodes.failure, `The definition can't be used. ${error.message}`, {
      cause: error,
    });
  }
}

function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(exitCodes.failure, `${file} is no JSON: ${why}`, { cause: error });
  }
}
