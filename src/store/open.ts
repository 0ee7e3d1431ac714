// Opens the store that somebody asked for: MongoDB by a URI, or the embedded one in a folder. Only that one's code is loaded,
// since a driver takes longer to load than a short command to run.
import type { MongoStoreOptions } from "./mongo/store.js";
import type { Store } from "./port.js";

export interface StoreChoice {
  /** As `MONGODB_URI` holds it; an empty text counts as none. */
  readonly uri?: string;
  /** The folder of the embedded store. */
  readonly folder?: string;
  /** For MongoDB alone. */
  readonly mongo?: MongoStoreOptions;
}

/** Both stores were asked for, or none: `message` says what to do. */
export class StoreChoiceError extends Error {
  override readonly name = "StoreChoiceError";
}

/**
 * Opens the store of a URI or of a folder.
 * @throws StoreChoiceError where both are given, or none; StoreError as the store's own opening says.
 */
export async function openStore(choice: StoreChoice): Promise<Store> {
  const uri = choice.uri === "" ? undefined : choice.uri;
  if (uri !== undefined && choice.folder !== undefined) {
    throw new StoreChoiceError(
      "Both MongoDB (MONGODB_URI) and a data folder are given, and the data can be in one of them only. Unset MONGODB_URI, or " +
        "leave the folder out.",
    );
  }
  if (uri !== undefined) {
    const { openMongoStore } = await import("./mongo/store.js");
    return openMongoStore(uri, choice.mongo);
  }
  if (choice.folder !== undefined) {
    const { openEmbeddedStore } = await import("./embedded/store.js");
    return openEmbeddedStore(choice.folder);
  }
  throw new StoreChoiceError("There is no place for the data. Set MONGODB_URI, or name a data folder.");
}
