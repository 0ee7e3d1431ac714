// The projects that a store has, for those who work on all of them: no read lists them, because none crosses projects.
import type { Engine } from "../engine.js";
import type { Transaction } from "../store/port.js";

const directoryId = "*";

/** Puts a project on the list, inside the transaction that defines it. */
export async function listProject(transaction: Transaction, project: string): Promise<void> {
  const [found] = await transaction.getMany("maintenance", [directoryId]);
  const projects = found?.kind === "directory" ? found.projects : [];
  if (projects.includes(project)) return;
  await transaction.put("maintenance", [
    { _id: directoryId, project: directoryId, kind: "directory", projects: [...projects, project].sort() },
  ]);
}

/** Every project that has been defined. */
export async function listedProjects(engine: Engine): Promise<readonly string[]> {
  const [found] = await engine.store.getMany("maintenance", [directoryId]);
  return found?.kind === "directory" ? found.projects : [];
}
