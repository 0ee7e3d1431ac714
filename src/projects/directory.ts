// The list of a store's projects, for work on all of them. It is a document, because no read crosses projects.
import type { Engine } from "../engine.js";
import type { Transaction } from "../store/port.js";

const directoryId = "*";

/** Adds a project to the list, inside a transaction. */
export async function listProject(transaction: Transaction, project: string): Promise<void> {
  const [found] = await transaction.getMany("maintenance", [directoryId]);
  const projects = found?.kind === "directory" ? found.projects : [];
  if (projects.includes(project)) return;
  await transaction.put("maintenance", [
    { _id: directoryId, project: directoryId, kind: "directory", projects: [...projects, project].sort() },
  ]);
}

/** Every listed project; one that is not yet defined may be among them. */
export async function listedProjects(engine: Engine): Promise<readonly string[]> {
  const [found] = await engine.store.getMany("maintenance", [directoryId]);
  return found?.kind === "directory" ? found.projects : [];
}
