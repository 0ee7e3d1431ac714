// `segmentql export`: writes the whole project as an interchange folder.
import { type ExportOptions, exportProject } from "../../export/export.js";
import { exportOverServer } from "../server/export.js";
import { type GlobalOptions, withEither } from "../session.js";
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
  const display = progressDisplay(currentStreams().stderr);
  const exported = (signal: AbortSignal): ExportOptions => ({ plain, signal, onProgress: display.update });
  const counts = await stoppable("Stopped. Nothing of the export is left.", (signal) =>
    withEither(options, false, {
      engine: (engine) => exportProject(engine, project, folder, exported(signal)),
      server: (client) => exportOverServer(client, folder, exported(signal)),
    }).finally(display.stop),
  );
  print(`Exported project ${project} to ${folder}:`);
  printCounts(counts);
}
