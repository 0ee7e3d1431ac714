// Which columns of a CSV file a mapping reads, and as what. A mapping is plain data, in the format of a mapping file.

export type MappingData = Readonly<Record<string, unknown>>;

/** A column that a mapping names. */
export interface MappedColumn {
  readonly name: string;
  /** The part of the mapping that reads it, as `columns.email` or `metadata.plan`. */
  readonly target: string;
}

/** Every column that a mapping names, in the mapping's order; of a column's several targets, the last is the one to show. */
export function mappedColumns(mapping: MappingData): readonly MappedColumn[] {
  const { lines, cancelled, statuses } = mapping;
  const parts = (["columns", "metadata", "consents"] as const).flatMap((part) =>
    Object.entries(partsOf(mapping, part)).map(([key, reference]): readonly [unknown, string] => [
      reference,
      `${part}.${key}`,
    ]),
  );
  const conditions = [cancelled, statuses]
    .flat()
    .map((each): readonly [unknown, string] => [each, "columns.status"]);
  const lists: readonly (readonly [unknown, string])[] = [...parts, [lines, "columns.lines"], ...conditions];
  return lists.flatMap(([reference, target]) => columnNames(reference).map((name) => ({ name, target })));
}

/** One part of a mapping, as `columns`; empty if the mapping lacks it. */
export function partsOf(mapping: MappingData, name: string): MappingData {
  return (mapping[name] ?? {}) as MappingData;
}

/** Every column that a reference of a mapping names, in any of its forms. */
export function columnNames(reference: unknown): readonly string[] {
  if (typeof reference === "string") return [reference];
  if (Array.isArray(reference)) return reference.flatMap(columnNames);
  if (typeof reference !== "object" || reference === null) return [];
  const { join, column } = reference as { readonly join?: unknown; readonly column?: unknown };
  return [...columnNames(join), ...columnNames(column)];
}
