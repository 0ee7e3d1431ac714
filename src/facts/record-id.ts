// The `_id` of a record that was given an id of its own, and the way back from one.

/** A project's name holds no slash, so no two records share one. */
export function recordId(project: string, id: string): string {
  return `${project}/id/${id}`;
}

/** The id that the record was given; undefined where it had none and is known by its content. */
export function givenId(document: { readonly _id: string; readonly project: string }): string | undefined {
  const beginning = recordId(document.project, "");
  return document._id.startsWith(beginning) ? document._id.slice(beginning.length) : undefined;
}
