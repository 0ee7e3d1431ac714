// Indexes over the metadata that a project defines. Each index begins with one key and continues with others, so that a condition
// on several keys reads one index and no row.
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { maxMetadataIndexes, metadataSlot } from "../../documents/metadata-slot.js";

/** The most columns of one index, its own key's included. */
const maxColumns = 6;

/** The most indexes of all projects in a file: every write of metadata visits each of them. */
const maxIndexesOfFile = 60;

/** The order of the further keys of an index: a boolean narrows the rows least, a text most. Lists are in tables of their own. */
const ranks: Readonly<Partial<Record<PropertyType, number>>> = {
  boolean: 0,
  number: 1,
  date: 2,
  datetime: 2,
  string: 3,
};

interface IndexWanted {
  readonly name: string;
  readonly statement: string;
}

/**
 * The indexes over a project's metadata: for the keys that the definition marks as indexed first, then for others, up to
 * `maxMetadataIndexes`.
 * @param project the project's number.
 * @param columnOf returns the column of a slot, and adds the column if it is missing.
 */
function indexesWanted(
  project: number,
  { metadataSchema, metadataIndexes = [] }: ProjectDocument,
  columnOf: (slot: string) => string,
): readonly IndexWanted[] {
  const keys = [...new Set([...metadataIndexes, ...Object.keys(metadataSchema)])]
    .flatMap((key) => {
      const type = metadataSchema[key];
      const rank = type === undefined ? undefined : ranks[type];
      return type === undefined || rank === undefined ? [] : [{ slot: metadataSlot(key, type), rank }];
    })
    .slice(0, maxMetadataIndexes)
    .map(({ slot, rank }) => ({ column: columnOf(slot), rank }));
  const byRank = keys.toSorted((one, other) => one.rank - other.rank).map(({ column }) => column);
  return keys.map(({ column: own }) => {
    const columns = [own, ...byRank.filter((column) => column !== own)].slice(0, maxColumns);
    const name = `${prefixOf(project)}${columns.join("_")}`;
    return {
      name,
      statement: `CREATE INDEX ${name} ON customer_metadata (${columns.join(", ")}) WHERE project = ${project}`,
    };
  });
}

function prefixOf(project: number): string {
  return `customer_metadata_of_${project}_by_`;
}

/**
 * The statements that drop the project's indexes that its definition no longer wants, and create the missing ones as far as
 * `maxIndexesOfFile` allows.
 * @param present the names of all metadata indexes in the file.
 */
export function metadataIndexStatements(
  project: number,
  definition: ProjectDocument,
  present: readonly string[],
  columnOf: (slot: string) => string,
): readonly string[] {
  const wanted = indexesWanted(project, definition, columnOf);
  const own = present.filter((name) => name.startsWith(prefixOf(project)));
  const room = maxIndexesOfFile - (present.length - own.length);
  const kept = wanted.slice(0, Math.max(0, room));
  return [
    ...own.filter((name) => kept.every((index) => index.name !== name)).map((name) => `DROP INDEX ${name}`),
    ...kept.filter(({ name }) => !own.includes(name)).map(({ statement }) => statement),
  ];
}
