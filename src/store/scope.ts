// Checks that a pipeline reads one project only, the same way for every store. A store runs only pipelines that pass this check.
import { type CollectionName, collections } from "../documents/collections.js";
import { isRecordCollection } from "../documents/record-collections.js";
import { type Pipeline } from "../pipeline/stage.js";
import { isPlainObject } from "./plain-object.js";
import { StoreError } from "./port.js";

/** How deeply pipelines may be nested. */
const deepest = 8;

/** Stages that write, or that read documents outside the `$match` on the project. */
const refused: ReadonlySet<string> = new Set([
  "$out",
  "$merge",
  "$graphLookup",
  "$collStats",
  "$indexStats",
  "$listSessions",
  "$currentOp",
  "$changeStream",
  "$documents",
]);

/**
 * The project that a pipeline is confined to: its first `$match` fixes the project, the first `$match` of every `$unionWith`
 * fixes the same one, and `$lookup` joins by an id that is unique across projects.
 * @throws StoreError `UNSCOPED` if it is not confined to one project; TypeError for an unknown collection or a join of another
 * form.
 */
export function projectOf(pipeline: Pipeline): string {
  const project = matchedProject(pipeline);
  if (project === undefined) {
    throw new StoreError(
      "UNSCOPED",
      'A pipeline starts with { $match: { project: "…" } }, so that no read crosses projects; this one does not.',
    );
  }
  checkStages(pipeline, project, 0);
  return project;
}

/** The collection of that name. @throws TypeError if there is none. */
export function collectionNamed(name: unknown): CollectionName {
  const found = collections.find((collection) => collection === name);
  if (found === undefined)
    throw new TypeError(`There is no collection "${String(name)}". There are: ${collections.join(", ")}.`);
  return found;
}

function matchedProject(pipeline: readonly unknown[]): string | undefined {
  const first = pipeline[0];
  const match = isPlainObject(first) ? first.$match : undefined;
  const project = isPlainObject(match) ? match.project : undefined;
  return typeof project === "string" ? project : undefined;
}

function checkStages(stages: readonly unknown[], project: string, depth: number): void {
  if (depth > deepest) throw new RangeError(`Pipelines stand more than ${deepest} deep in one another.`);
  for (const stage of stages) {
    if (!isPlainObject(stage)) throw new TypeError("A pipeline is a list of stages, each an object.");
    for (const [name, specification] of Object.entries(stage)) {
      if (refused.has(name))
        throw new TypeError(`${name} is not for a read of one project. Leave it out of the pipeline.`);
      if (name === "$lookup") checkLookup(specification, project, depth);
      if (name === "$unionWith") checkUnion(specification, project, depth);
      if (name === "$facet" && isPlainObject(specification)) {
        for (const branch of Object.values(specification)) {
          if (Array.isArray(branch)) checkStages(branch, project, depth + 1);
        }
      }
    }
  }
}

function checkLookup(specification: unknown, project: string, depth: number): void {
  const given = isPlainObject(specification) ? specification : {};
  const { from, localField, foreignField, as, pipeline } = given;
  if (typeof from === "string") collectionNamed(from);
  const byId = foreignField === "_id" || foreignField === "customer";
  if (
    typeof from !== "string" ||
    typeof localField !== "string" ||
    typeof as !== "string" ||
    !byId ||
    "let" in given ||
    (pipeline !== undefined && !Array.isArray(pipeline))
  ) {
    throw new TypeError(
      "A store joins by { from, localField, foreignField, as } with the foreign field _id or customer, " +
        "and a pipeline where wanted; rewrite this $lookup so.",
    );
  }
  if (foreignField === "customer" && !isRecordCollection(collectionNamed(from)))
    throw new TypeError(`The documents of "${from}" have no field customer to join by.`);
  if (Array.isArray(pipeline)) checkStages(pipeline, project, depth + 1);
}

function checkUnion(specification: unknown, project: string, depth: number): void {
  const { coll, pipeline } = isPlainObject(specification)
    ? specification
    : { coll: specification, pipeline: [] };
  collectionNamed(coll);
  if (!Array.isArray(pipeline) || matchedProject(pipeline) !== project) {
    throw new StoreError(
      "UNSCOPED",
      `The pipeline of $unionWith starts with { $match: { project: ${JSON.stringify(project)} } }, as the pipeline itself ` +
        "does, so that no read crosses projects; this one does not.",
    );
  }
  checkStages(pipeline, project, depth + 1);
}
