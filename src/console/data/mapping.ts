// A proposed mapping, changed by the reader column by column. It is plain data, in the format of a mapping file.

import { columnNames, type MappingData, mappedColumns, partsOf } from "../../documents/mapped-columns.js";

export type Mapping = MappingData;

/** Targets that the user may choose, besides metadata and none. */
export const profileTargets = [
  "sourceId",
  "name",
  "email",
  "phone",
  "createdAt",
  "birthdate",
  "city",
  "state",
  "postalCode",
  "country",
  "source",
  "consents",
] as const;

/** The mapping with a column read as another part; `undefined` leaves it out. */
export function withTarget(mapping: Mapping, column: string, target: string | undefined): Mapping {
  const { sourceId, ...others } = partsOf(mapping, "columns");
  // The customer's id may be read from a column that is also read as something else: the id is kept.
  const isId = targetOf(mapping, column) === "columns.sourceId";
  const columns = {
    ...(isId || sourceId === undefined ? {} : { sourceId }),
    ...withoutColumn(isId ? partsOf(mapping, "columns") : others, column),
  };
  const metadata = withoutColumn(partsOf(mapping, "metadata"), column);
  const consents = withoutColumn(partsOf(mapping, "consents"), column);
  const [part, key] = target === undefined ? [] : split(target);
  const changed = {
    ...mapping,
    columns: part === "columns" && key !== undefined ? { ...columns, [key]: column } : columns,
    metadata: part === "metadata" && key !== undefined ? { ...metadata, [key]: { column } } : metadata,
    consents,
    ignoreLackingColumns: true,
  };
  return Object.fromEntries(
    Object.entries(changed).filter(
      ([, value]) => typeof value !== "object" || Object.keys(value as object).length > 0,
    ),
  );
}

/** The part of the mapping that reads a column, as `columns.email`; of several, the last. */
export function targetOf(mapping: Mapping, column: string): string | undefined {
  return mappedColumns(mapping).findLast(({ name }) => name === column)?.target;
}

/** True if the mapping identifies the customer, of a profile or of an order. */
export function saysWho(mapping: Mapping): boolean {
  const { sourceId, customer } = partsOf(mapping, "columns");
  return sourceId !== undefined || customer !== undefined;
}

function split(target: string): readonly [string, string] {
  const dot = target.indexOf(".");
  return [target.slice(0, dot), target.slice(dot + 1)];
}

function withoutColumn(parts: MappingData, column: string): MappingData {
  const kept = Object.entries(parts).flatMap(([key, reference]) => {
    if (!columnNames(reference).includes(column)) return [[key, reference] as const];
    const rest = withoutName(reference, column);
    return rest === undefined ? [] : [[key, rest] as const];
  });
  return Object.fromEntries(kept);
}

function withoutName(reference: unknown, column: string): unknown {
  if (reference === column) return undefined;
  if (Array.isArray(reference)) {
    const rest = reference.map((each) => withoutName(each, column)).filter((each) => each !== undefined);
    return rest.length === 0 ? undefined : rest;
  }
  if (typeof reference !== "object" || reference === null) return reference;
  for (const key of ["join", "column"] as const) {
    const inside = (reference as MappingData)[key];
    if (inside === undefined) continue;
    const rest = withoutName(inside, column);
    return rest === undefined ? undefined : { ...reference, [key]: rest };
  }
  return reference;
}
