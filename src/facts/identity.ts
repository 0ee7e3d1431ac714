// The identity of customers: a customer's `_id` combines the project and the id in the source system (the source id).
/** The customer document's `_id`. A project's name holds no slash, so no two customers share one. */
export function customerId(project: string, sourceId: string): string {
  return `${project}/${sourceId}`;
}

/** The source id in an `_id` that `customerId` made. */
export function sourceIdOf(project: string, id: string): string {
  return id.slice(project.length + 1);
}
