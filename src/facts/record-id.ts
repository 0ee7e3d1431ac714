// Conversion between the given id of a record and its `_id`.

/** A project's name holds no slash, so no two records share one. */
export function recordId(project: string, id: string): string {
  return `${project}/id/${id}`;
}

/** The given id of a record; undefined if it had none and is identified by its content. */
export function givenId(document: { readonly _id: string; readonly project: string }): string | undefined {
  const beginning = recordId(document.project, "");
  return document._id.startsWith(beginning) ? document._id.slice(beginning.length) : undefined;
}
