// Who is who: a customer's id is made of the project and of the id that it has where it comes from.
/** The customer document's `_id`. A project's name holds no slash, so no two customers share one. */
export function customerId(project: string, sourceId: string): string {
  return `${project}/${sourceId}`;
}

/** The id where the customer comes from, of an `_id` that `customerId` made. */
export function sourceIdOf(project: string, id: string): string {
  return id.slice(project.length + 1);
}
