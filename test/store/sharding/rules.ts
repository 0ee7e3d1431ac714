// The rules of a sharded cluster, as MongoDB's manual gives them, held against one command. The pages of the manual are named
// by their titles.
import type { Document } from "mongodb";

export interface SentCommand {
  readonly commandName: string;
  readonly command: Document;
}

export type ShardKeys = Readonly<Record<string, Readonly<Record<string, 1 | "hashed">>>>;

/** What one command breaks, in words; empty if it may be sent to a sharded cluster. */
export function violationsOf(sent: SentCommand, keys: ShardKeys): readonly string[] {
  const { commandName, command } = sent;
  const check = checks[commandName];
  if (check === undefined) return [`the command ${commandName} has no rule here`];
  return [...check(command, keys), ...inTransaction(sent)];
}

type Check = (command: Document, keys: ShardKeys) => readonly string[];

const nothing: Check = () => [];

/** Every command that the product may send. */
const checks: Readonly<Record<string, Check>> = {
  // Sessions and administration, which `mongos` answers as a `mongod` does.
  ...Object.fromEntries(
    [
      ...["hello", "buildInfo", "endSessions", "commitTransaction", "abortTransaction", "getMore"],
      ...["killCursors", "listCollections", "listIndexes", "create", "dropIndexes"],
    ].map((name) => [name, nothing]),
  ),
  find: ({ filter }) => operatorsIn(filter),

  aggregate: ({ pipeline }, keys) => pipelineViolations(pipeline, keys),

  explain: ({ explain }, keys) => pipelineViolations(explain.pipeline, keys),

  // "Shard Keys": a document belongs to a shard by every field of its shard key.
  insert: ({ insert, documents }, keys) =>
    (documents as Document[]).flatMap((document) =>
      Object.keys(keys[insert] ?? {})
        .filter((field) => !isOneValue(document[field]))
        .map((field) => `an insert into ${insert} without ${field}`),
    ),

  // "db.collection.replaceOne()", "Sharded Collections": with `upsert`, the filter is to include an equality match on the full
  // shard key; without, on the shard key or `_id`. "Change a Document's Shard Key Value": not with several changes in a command.
  update: ({ update, updates }, keys) =>
    (updates as Document[]).flatMap(({ q, u, upsert = false, multi = false }) => {
      const found = operatorsIn(q);
      if (keys[update] === undefined) return found;
      const key = Object.keys(keys[update]);
      const isRouted = key.every((field) => isOneValue(q[field]));
      if (upsert && !isRouted) found.push(`an upsert into ${update} without its whole shard key`);
      if (!upsert && !multi && !isRouted && !isOneValue(q._id))
        found.push(`an update of one document of ${update} without its shard key or _id`);
      const replaced =
        Array.isArray(u) || Object.keys(u).some((name) => name.startsWith("$")) ? undefined : u;
      if (replaced !== undefined && key.some((field) => field in q && q[field] !== replaced[field]))
        found.push(`a replacement in ${update} that changes the shard key`);
      return found;
    }),

  // "Operational Restrictions in Sharded Clusters": the removal of one document names the shard key or `_id`.
  delete: ({ delete: collection, deletes }, keys) =>
    (deletes as Document[]).flatMap(({ q, limit }) => {
      const key = keys[collection];
      const found = operatorsIn(q);
      if (key === undefined || limit === 0) return found;
      if (!isOneValue(q._id) && !Object.keys(key).every((field) => isOneValue(q[field])))
        found.push(`a delete of one document of ${collection} without its shard key or _id`);
      return found;
    }),

  // "Operational Restrictions in Sharded Clusters": the filter has an equality condition on the shard key.
  findAndModify: ({ findAndModify, query }, keys) =>
    Object.keys(keys[findAndModify] ?? {})
      .filter((field) => !isOneValue(query[field]))
      .map((field) => `findAndModify of ${findAndModify} without ${field}`),

  // "Operational Restrictions in Sharded Clusters": a unique index is led by the full shard key.
  createIndexes: ({ createIndexes, indexes }, keys) =>
    (indexes as Document[])
      .filter(({ unique }) => unique === true)
      .filter(({ key }) => {
        const paths = Object.keys(key);
        return Object.keys(keys[createIndexes] ?? {}).some((field, index) => paths[index] !== field);
      })
      .map(({ name }) => `the unique index ${name} of ${createIndexes} is not led by its shard key`),
};

/** "$where": not in a pipeline, and not with references to `db`. The product has no use for it, nor for other code on the server. */
function operatorsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    ["$where", "$function", "$accumulator"].includes(name) ? [`${name} in a condition`] : operatorsIn(part),
  );
}

/** Stages that only some deployments, or only the databases of a single server, have. */
const serverStages = ["$currentOp", "$listLocalSessions", "$planCacheStats", "$indexStats", "$collStats"];

function pipelineViolations(pipeline: readonly Document[], keys: ShardKeys): readonly string[] {
  return pipeline.flatMap((stage) => {
    const [name = "", value] = Object.entries(stage)[0] ?? [];
    if (serverStages.includes(name)) return [`the stage ${name}, which is of one server`];
    // "$out": its collection can't be sharded. The product writes by transactions alone.
    if (name === "$out" || name === "$merge")
      return [`the stage ${name}, which writes outside of a transaction`];
    if (name === "$facet")
      return Object.values(value as Record<string, Document[]>).flatMap((each) =>
        pipelineViolations(each, keys),
      );
    if (name === "$unionWith") return pipelineViolations(value.pipeline ?? [], keys);
    if (name === "$lookup")
      return [...lookupViolations(value, keys), ...pipelineViolations(value.pipeline ?? [], keys)];
    if (name === "$graphLookup") return ["the stage $graphLookup, which asks every shard at every step"];
    return operatorsIn(stage);
  });
}

/**
 * "$lookup (aggregation)": the foreign collection may be sharded since MongoDB 5.1. A lookup that does not compare its whole shard key
 * asks every shard for every document, so the product has none.
 */
function lookupViolations({ from, foreignField }: Document, keys: ShardKeys): readonly string[] {
  const key = Object.keys(keys[from] ?? {});
  if (key.length === 0 || (key.length === 1 && key[0] === foreignField)) return [];
  return [`a lookup into ${from} by ${foreignField ?? "an expression"}, not by its shard key`];
}

/** "Transactions and Operations": what a transaction may not hold. */
function inTransaction({ commandName, command }: SentCommand): readonly string[] {
  if (command.autocommit !== false) return [];
  if (["count", "distinct", "explain", "create", "createIndexes", "listCollections"].includes(commandName))
    return [`the command ${commandName} in a transaction`];
  if (commandName !== "aggregate") return [];
  return (command.pipeline as Document[])
    .flatMap((stage) => Object.keys(stage))
    .filter((name) => ["$lookup", "$graphLookup", "$unionWith", "$out", "$merge"].includes(name))
    .map((name) => `the stage ${name} in a transaction`);
}

/** True for a value that a filter compares as a whole, so that it selects one shard. */
function isOneValue(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
