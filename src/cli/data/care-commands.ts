// `segmentql backup`, `restore` and `doctor`, for the embedded store's data folder, and `segmentql migrate`, for the data of any
// store.
import { resolve } from "node:path";
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { dataPlace, type GlobalOptions } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { print } from "../terminal/output.js";

/** Adds `backup`, `restore`, `doctor` and `migrate`. */
export function addCareCommands(program: Command): void {
  addMigrateCommand(program);
  program
    .command("backup")
    .description("write all that the data folder holds into one file, also while others use it")
    .argument("<file>", "a new file")
    .addHelpText(
      "after",
      `
The file holds everything as it is at one moment: customers and their records, segments, webhooks with their secrets, history. It
is readable by you alone. An export (segmentql export) holds customers, records and segments only, and any store reads it.

Example:
  segmentql backup shop-monday.backup`,
    )
    .action(async (file: string, _options, command: Command) => {
      const folder = embeddedFolder(command.optsWithGlobals());
      const { backUp } = await import("../../store/embedded/care/care.js");
      await backUp(folder, file);
      print(`Backed up ${folder} to ${file}.`);
    });

  program
    .command("restore")
    .description("make a data folder of a backup")
    .argument("<file>", "a file that segmentql backup wrote")
    .addHelpText(
      "after",
      `
The folder must hold no data yet: name another with --data, or move the old one away.

Example:
  segmentql restore shop-monday.backup --data restored`,
    )
    .action(async (file: string, _options, command: Command) => {
      const folder = embeddedFolder(command.optsWithGlobals());
      const { restore } = await import("../../store/embedded/care/care.js");
      await restore(file, folder);
      print(`Restored ${file} to ${folder}.`);
    });

  program
    .command("doctor")
    .description("look through the whole data folder for damage")
    .action(async (_options, command: Command) => {
      const folder = embeddedFolder(command.optsWithGlobals());
      const { examine } = await import("../../store/embedded/care/care.js");
      const { documents, problems } = await stoppable("Stopped.", (signal) => examine(folder, signal));
      for (const problem of problems) print(problem);
      if (problems.length > 0) {
        throw new CommandFailure(
          exitCodes.failure,
          `${folder} has damage: ${problems.length} problems are listed. Restore a backup (segmentql restore).`,
        );
      }
      print(`${folder} is whole: ${documents.toLocaleString("en")} documents are as they were written.`);
    });
}

/** Adds `migrate`, which also works on MongoDB. */
function addMigrateCommand(program: Command): void {
  program
    .command("migrate")
    .description("bring data that an earlier program wrote to this program's format")
    .addHelpText(
      "after",
      `
Stop every process that uses the data first, and copy it (the folder; mongodump on MongoDB). Interrupted or killed, it
goes on where it was when it is run again. A data folder's old file is kept beside the new one.

Examples:
  segmentql migrate --data /srv/shop
  MONGODB_URI=mongodb://127.0.0.1:27017/shop?replicaSet=rs0 segmentql migrate`,
    )
    .action(async (_options, command: Command) => {
      const { uri, folder } = dataPlace(command.optsWithGlobals());
      const place = uri === undefined ? { folder: resolve(folder!) } : { uri };
      const { migrateStore } = await import("../../store/migrate.js");
      const result = await stoppable("Stopped. Run segmentql migrate again: it goes on here.", (signal) =>
        migrateStore(place, { signal }),
      );
      if (result === undefined) {
        print("The data is of this program's format. There is nothing to migrate.");
        return;
      }
      const { from, to, documents, kept } = result;
      print(`Migrated from format ${from} to ${to}: ${documents.toLocaleString("en")} documents.`);
      if (kept !== undefined) print(`The file before it is kept as ${kept}. Remove it when all is well.`);
    });
}

/** The data folder of a command. @throws CommandFailure if the data is on MongoDB. */
function embeddedFolder(options: GlobalOptions): string {
  const { uri, folder } = dataPlace(options);
  if (uri === undefined && folder !== undefined) return resolve(folder);
  throw new CommandFailure(
    exitCodes.usage,
    "This is for the embedded store's data folder. MongoDB's own tools (mongodump, mongorestore, validate) are for its data: unset MONGODB_URI to go on here.",
  );
}
