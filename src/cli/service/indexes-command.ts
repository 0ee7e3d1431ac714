// `segmentql indexes`: MongoDB's indexes, made, shown or printed.

import type { MongoStore } from "../../store/mongo/store.js";
import { isMongoStore } from "../../store/open.js";
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
  await withEngine(options, false, async ({ store }) => {
    if (!isMongoStore(store)) {
      throw new CommandFailure(
        exitCodes.usage,
        "The embedded store keeps its documents in memory and has no indexes to make. Set MONGODB_URI for those of MongoDB.",
      );
    }
    if (options.print) {
      print((await store.indexScript()).trimEnd());
      return;
    }
    if (!options.state) await store.ensureIndexes();
    await showStates(store);
  });
}

async function showStates(store: MongoStore): Promise<void> {
  const lines = tableLines(
    [
      { title: "COLLECTION", align: "left", widest: 20 },
      { title: "INDEX", align: "left", widest: 80 },
      { title: "STATE", align: "left", widest: 10 },
    ],
    (await store.indexStates()).map(({ collection, name, state }) => [collection, name, state]),
  );
  for (const line of lines) print(line);
}
