// The work of an export: the whole project as an interchange folder, in a zip archive.
import { join } from "node:path";
import { exportProject } from "../export/export.js";
import { packed } from "./archive.js";
import { storeFile } from "./files.js";
import type { JobWork } from "./work.js";

export const exportJob: JobWork = async ({ engine, job, signal, folder, progress }) => {
  const { project } = job;
  const target = join(folder, "export");
  const counts = await exportProject(engine, project, target, { signal, onProgress: progress });
  progress({ phase: "file", done: 0 });
  const day = new Date(engine.clock()).toISOString().slice(0, 10);
  const file = await storeFile(engine, job, `${project}-${day}.zip`, packed(target));
  return { result: { ...counts }, files: [file] };
};
