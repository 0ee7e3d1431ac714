// `segmentql export`: writes the whole project as an interchange folder.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exportProject } from "../../export/export.js";
import { dataPlace, type GlobalOptions, withEngine } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { print } from "../terminal/output.js";
import { progressDisplay } from "../terminal/progress.js";
import { currentStreams } from "../terminal/streams.js";
import { printCounts } from "./counts-table.js";

export interface ExportCommandOptions extends GlobalOptions {
  readonly plain?: boolean;
}

export async function exportCommand(folder: string, options: ExportCommandOptions): Promise<void> {
  const { plain, project } = options;
  await assertUndamaged(options);
  const display = progressDisplay(currentStreams().stderr);
  const counts = await stoppable("Stopped. Nothing of the export is left.", (signal) =>
    withEngine(options, false, (engine) =>
      exportProject(engine, project, folder, { plain, signal, onProgress: display.update }),
    ).finally(display.stop),
  );
  print(`Exported project ${project} to ${folder}:`);
  printCounts(counts);
}

/** A damaged page may hide records from an export, which then would be short without a word. MongoDB checks its own pages. */
async function assertUndamaged(options: ExportCommandOptions): Promise<void> {
  const { uri, folder } = dataPlace(options);
  if (uri !== undefined || folder === undefined || !existsSync(resolve(folder, "segmentql.db"))) return;
  const { assertWhole } = await import("../../store/embedded/care.js");
  await stoppable("Stopped. Nothing was exported.", (signal) => assertWhole(resolve(folder), signal));
}
