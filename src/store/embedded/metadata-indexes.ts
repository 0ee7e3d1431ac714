// Indexes over the metadata that a project defines: one a key, which goes on with other keys, so that a condition on several of them
// reads one index and no row.
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { maxMetadataIndexes, metadataSlot } from "../../documents/metadata-slot.js";

/** Columns of one index, its own key's included. */
const maxColumns = 6;

/** Indexes of all projects of a file: each is looked at at every write of metadata. */
const maxIndexesOfFile = 60;

/** A flag leaves the most behind it to be narrowed, and a text the least; a list has rows of its own. */
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
 * The indexes of a project's metadata: of the keys that the definition asks to be indexed first, then of the others, up to a bound.
 * @param project its number.
 * @param columnOf the column of a key as it is stored, which is made if it is missing.
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
 * The statements that make the indexes of a definition out of those that there are; none if there is no room for them.
 * @param present the names of all indexes of metadata in the file.
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
