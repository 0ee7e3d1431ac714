// Numbers for names. Projects, metadata keys, sets, types of records and their properties are told apart by text that users give;
// tables and statements hold numbers and columns of ours instead. A name that has a number keeps it.
import type { Layout, RecordKind } from "../../sql/layout.js";
import { StoreError } from "../port.js";
import type { Connection, Statement } from "./adapter.js";
import { coveringIndexes, customerColumns } from "./tables.js";

/** The names that a connection sees. */
export interface Names {
  /** The number of a name in a space; undefined where it has none. */
  readonly find: (space: string, name: string) => number | undefined;
}

/** The names that a transaction may add to. */
export interface WritableNames extends Names {
  /** The number of a name, which it is given where it has none. Numbers of a space are counted from 0. */
  readonly number: (space: string, name: string) => number;
  /** What was numbered since the last call is kept (`true`), or was rolled back. */
  readonly settle: (kept: boolean) => void;
}

/** The names as a connection reads them, which does nothing else that takes long. */
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
    // Another process may have numbered it since it was last looked for.
    const found = statement.get([space, name])?.[0];
    if (typeof found !== "number") return undefined;
    ofSpace.set(name, found);
    return found;
  };
}

/** The names as the connection that writes sees them. */
export function writableNames(connection: Connection): WritableNames {
  const known: Known = new Map();
  const find = finder(connection.prepare(findText), known);
  const next = connection.prepare("SELECT coalesce(max(number) + 1, 0) FROM names WHERE space = ?");
  const insert = connection.prepare("INSERT INTO names (space, name, number) VALUES (?, ?, ?)");
  let added: (readonly [space: string, name: string])[] = [];
  return {
    find,
    number: (space, name) => {
      const found = find(space, name);
      if (found !== undefined) return found;
      const number = Number(next.get([space])?.[0]);
      insert.run([space, name, number]);
      added.push([space, name]);
      known.get(space)?.set(name, number);
      return number;
    },
    settle: (kept) => {
      if (!kept) for (const [space, name] of added) known.get(space)?.delete(name);
      added = [];
    },
  };
}

// The spaces of names. A name in which texts are joined is JSON, so that no text can pass for more than itself.
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

/** The key of metadata that a path of the customer document leads to, as it is stored. */
function metadataSlotOf(path: string): string | undefined {
  return path.startsWith(metadataPath) ? path.slice(metadataPath.length) : undefined;
}

const columnOfPath = new Map(customerColumns.map(({ path, name }) => [path, name]));

/** Metadata keys of one project, or properties of one type of records, that SQLite has columns for. */
const mostColumns = 1_900;

/** The column of a number. @throws StoreError `UNAVAILABLE` where a table has no more. */
export function columnName(letter: "m" | "p", number: number): string {
  if (number >= mostColumns) {
    throw new StoreError(
      "UNAVAILABLE",
      `The embedded store keeps ${mostColumns} metadata keys of a project, or properties of a type of events, those that were ever ` +
        "used counted. Import the data into a new folder, or into MongoDB.",
    );
  }
  return `${letter}${number}`;
}

/** The number of a type of records of a project, as rows of `records` have it; undefined if the project has none. */
export function recordTypeOf(
  names: Names,
  projectName: string,
  records: RecordKind,
  type: string | undefined,
): number | undefined {
  const project = names.find(projectSpace, projectName);
  return project === undefined ? undefined : names.find(typeSpace, typeName(project, records, type));
}

/** The layout of a project, as queries are compiled for it. */
export function layoutOf(
  names: Names,
  projectName: string,
  recordShare: NonNullable<Layout["recordShare"]>,
): Layout {
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
    recordShare,
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
