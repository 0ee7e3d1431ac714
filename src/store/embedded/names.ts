// Numbers for names. Users name projects, metadata keys, sets, types of records and their properties by text; tables and
// statements use numbers, and columns with generated names, instead. A name keeps its number.
import type { Layout, RecordKind } from "../../sql/layout.js";
import { StoreError } from "../port.js";
import type { Connection, Statement } from "./adapter.js";
import type { RecordEstimates } from "./record-estimates.js";
import { coveringIndexes, customerColumns } from "./tables.js";

/** The names that a connection sees. */
export interface Names {
  /** The number of a name in a space; undefined if it has none. */
  readonly find: (space: string, name: string) => number | undefined;
}

/** The names that a transaction may add to. */
export interface WritableNames extends Names {
  /** The number of a name, assigned if it has none. The numbers of a space begin with 0. */
  readonly number: (space: string, name: string) => number;
  /** To be called after a rollback: every number is read again, because some may be gone. */
  readonly forget: () => void;
}

/** The names as a reading connection sees them. @param connection one that runs no other long work. */
export function namesOf(connection: Connection): Names {
  return { find: finder(connection.prepare(findText), new Map()) };
}

const findText = "SELECT number FROM names WHERE space = ? AND name = ?";

type Known = Map<string, Map<string, number>>;

function finder(statement: Statement, known: Known): Names["find"] {
  return (space, name) => {
    const ofSpace = known.get(space) ?? new Map<string, number>();
    known.set(space, ofSpace);
    const number = ofSpace.get(name);
    if (number !== undefined) return number;
    // Another process may have numbered the name since the last lookup.
    const found = statement.get([space, name])?.[0];
    if (typeof found !== "number") return undefined;
    ofSpace.set(name, found);
    return found;
  };
}

/** The names as the writing connection sees them. */
export function writableNames(connection: Connection): WritableNames {
  const known: Known = new Map();
  const find = finder(connection.prepare(findText), known);
  const next = connection.prepare("SELECT coalesce(max(number) + 1, 0) FROM names WHERE space = ?");
  const insert = connection.prepare("INSERT INTO names (space, name, number) VALUES (?, ?, ?)");
  return {
    find,
    number: (space, name) => {
      const found = find(space, name);
      if (found !== undefined) return found;
      const number = Number(next.get([space])?.[0]);
      insert.run([space, name, number]);
      known.get(space)?.set(name, number);
      return number;
    },
    forget: () => known.clear(),
  };
}

// The spaces of names. Names that join several texts are JSON, so that no two combinations collide.
export const projectSpace = "project";
export const metadataSpace = (project: number): string => `metadata ${project}`;
export const setSpace = "set";
export const typeSpace = "type";
export const propertySpace = (type: number): string => `property ${type}`;
export const recordSetSpace = "record set";

export const setName = (project: number, path: string, campaign?: string): string =>
  JSON.stringify(campaign === undefined ? [project, path] : [project, path, campaign]);
export const typeName = (project: number, records: RecordKind, type?: string): string =>
  JSON.stringify(type === undefined ? [project, records] : [project, records, type]);
export const recordSetName = (type: number, path: string): string => JSON.stringify([type, path]);

const metadataPath = "facts.metadata.";

/** The metadata slot of a path of the customer document; undefined for any other path. */
function metadataSlotOf(path: string): string | undefined {
  return path.startsWith(metadataPath) ? path.slice(metadataPath.length) : undefined;
}

const columnOfPath = new Map(customerColumns.map(({ path, name }) => [path, name]));

/** The most metadata keys of one project, or properties of one type of records, that get a column in SQLite. */
const maxColumns = 1_900;

/** The column of a number. @throws StoreError `UNAVAILABLE` if the table has no column left. */
export function columnName(letter: "m" | "p", number: number): string {
  if (number >= maxColumns) {
    throw new StoreError(
      "UNAVAILABLE",
      `The embedded store keeps ${maxColumns} metadata keys of a project, or properties of a type of events, those that were ever ` +
        "used counted. Import the data into a new folder, or into MongoDB.",
    );
  }
  return `${letter}${number}`;
}

/** The number of a type of records in the rows of `records`; undefined if the project has no such records. */
export function recordTypeOf(
  names: Names,
  projectName: string,
  records: RecordKind,
  type: string | undefined,
): number | undefined {
  const project = names.find(projectSpace, projectName);
  return project === undefined ? undefined : names.find(typeSpace, typeName(project, records, type));
}

/** The layout that a project's queries are compiled for. */
export function layoutOf(names: Names, projectName: string, estimates: RecordEstimates): Layout {
  const project = names.find(projectSpace, projectName);
  const unless = <Found>(find: (project: number) => Found | undefined): Found | undefined =>
    project === undefined ? undefined : find(project);
  return {
    project,
    customerColumn: (path) => {
      const name = columnOfPath.get(path);
      if (name !== undefined) return { table: "c", name };
      if (path === "_id") return { table: "k", name: "id" };
      const slot = metadataSlotOf(path);
      if (slot === undefined) return undefined;
      const number = unless((found) => names.find(metadataSpace(found), slot));
      return number === undefined ? undefined : { table: "m", name: columnName("m", number) };
    },
    customerSet: (path, campaign) => unless((found) => names.find(setSpace, setName(found, path, campaign))),
    ...estimates,
    recordType: (records, type) => recordTypeOf(names, projectName, records, type),
    recordColumn: (type, path) => {
      const number = names.find(propertySpace(type), path);
      return number === undefined ? undefined : columnName("p", number);
    },
    recordSet: (type, path) => names.find(recordSetSpace, recordSetName(type, path)),
    indexOf: (compared, used) =>
      coveringIndexes.find(
        ({ columns }) => compared.has(columns[0]!) && [...used].every((name) => columns.includes(name)),
      )?.name,
  };
}
