// `segmentql indexes`: creates, shows or prints MongoDB's indexes.

import type { IndexAdministration } from "../../store/port.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";

export interface IndexesOptions extends GlobalOptions {
  readonly print?: boolean;
  readonly state?: boolean;
}

export async function indexesCommand(options: IndexesOptions): Promise<void> {
  await withEngine(options, false, async ({ store: { indexes } }) => {
    if (indexes === undefined) {
      throw new CommandFailure(
        exitCodes.usage,
        "The embedded store keeps its indexes by itself, and there are none to create. Set MONGODB_URI for those of MongoDB.",
      );
    }
    if (options.print) {
      print((await indexes.script()).trimEnd());
      return;
    }
    if (!options.state) await indexes.ensure();
    await showStates(indexes);
  });
}

async function showStates(indexes: IndexAdministration): Promise<void> {
  const lines = tableLines(
    [
      { title: "COLLECTION", align: "left", widest: 20 },
      { title: "INDEX", align: "left", widest: 80 },
      { title: "STATE", align: "left", widest: 10 },
    ],
    (await indexes.states()).map(({ collection, name, state }) => [collection, name, state]),
  );
  for (const line of lines) print(line);
}
