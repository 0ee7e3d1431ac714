// Opens the chosen store: MongoDB by a URI, or the embedded one in a folder. Only its code is loaded, because loading a driver
// takes longer than running a short command.
import type { MongoStoreOptions } from "./mongo/store.js";
import type { Store } from "./port.js";

export interface StoreChoice {
  /** The value of `MONGODB_URI`; an empty text counts as absent. */
  readonly uri?: string;
  /** The folder of the embedded store. */
  readonly folder?: string;
  /** For MongoDB alone. */
  readonly mongo?: MongoStoreOptions;
}

/** Both stores were requested, or neither: `message` says what to do. */
export class StoreChoiceError extends Error {
  override readonly name = "StoreChoiceError";
}

/**
 * Opens the store of a URI or of a folder.
 * @throws StoreChoiceError if both or neither are given; StoreError as `openMongoStore` and `openEmbeddedStore` do.
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
