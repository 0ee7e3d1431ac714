// Gives a command access to the data: opens the requested store, passes the engine on, and always closes the store.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Engine } from "../engine.js";
import { type Environment, EnvironmentError, readEnvironment } from "../environment.js";
import { openStore } from "../store/open.js";
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";
import { type ServerClient, serverClient } from "./server/client.js";

/** The options that every command takes. */
export interface GlobalOptions {
  /** The embedded store's data folder, if one is named. */
  readonly data?: string;
  readonly project: string;
  /** The address of a server to use instead of opening a store, and the API key for it. */
  readonly server?: string;
  readonly key?: string;
  /** True lets webhooks go to private addresses, as SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS does. */
  readonly allowPrivateWebhooks?: boolean;
}

const defaultFolder = ".segmentql";

/** The location of the data: MongoDB if MONGODB_URI is set, otherwise a folder. */
export function dataPlace({ data }: Pick<GlobalOptions, "data">): {
  readonly uri?: string;
  readonly folder?: string;
} {
  const { mongoUri: uri } = commandEnvironment();
  if (uri === undefined) return { folder: data ?? defaultFolder };
  return data === undefined ? { uri } : { uri, folder: data };
}

/**
 * Runs `work` on an engine over the store. With `writes`, a missing folder is created, and on MongoDB the creation of missing
 * indexes is started.
 * @throws CommandFailure if, without `writes`, the folder does not exist; StoreChoiceError if both MongoDB and a folder are
 *   named;
 * StoreError `LOCKED` if another process uses the folder.
 */
export async function withEngine<Result>(
  options: GlobalOptions,
  writes: boolean,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { uri, folder } = dataPlace(options);
  if (uri === undefined && folder !== undefined && !writes && !existsSync(resolve(folder))) {
    throw new CommandFailure(
      exitCodes.failure,
      `There is no data in ${folder}. Import some with segmentql import, try the demo shop with segmentql serve --demo, or say where the data is with --data.`,
    );
  }
  const environment = commandEnvironment();
  const { clock, mail, maxStaticMembers, messageDays } = environment;
  const allowPrivateWebhooks = options.allowPrivateWebhooks ?? environment.allowPrivateWebhooks;
  const store = await openStore({
    uri,
    folder: folder === undefined ? undefined : resolve(folder),
    mongo: { indexes: writes ? "background" : "none" },
  });
  try {
    return await work({
      store,
      clock,
      allowPrivateWebhooks,
      mail,
      maxStaticMembers,
      messageDays,
    });
  } finally {
    await store.close();
  }
}

/** The same work in two ways: on an engine over the store, and over a server's API. */
interface Either<Result> {
  readonly engine: (engine: Engine) => Promise<Result>;
  readonly server: (client: ServerClient) => Promise<Result>;
}

/** Runs the way that the options request. @param writes as for `withEngine`. */
export function withEither<Result>(
  options: GlobalOptions,
  writes: boolean,
  { engine, server }: Either<Result>,
): Promise<Result> {
  const client = clientOf(options);
  return client === undefined ? withEngine(options, writes, engine) : server(client);
}

/** A client of the server that the options name; undefined if they name none. */
export function clientOf({ server, key, project }: GlobalOptions): ServerClient | undefined {
  return server === undefined ? undefined : serverClient({ server, key, project });
}

/** The environment. @throws CommandFailure naming every wrong variable. */
export function commandEnvironment(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    if (error instanceof EnvironmentError)
      throw new CommandFailure(exitCodes.usage, error.message, { cause: error });
    throw error;
  }
}
