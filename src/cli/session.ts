// A command's hold on the data: opens the store that was asked for, passes the engine on, and closes the store whatever
// happens.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { clockFromEnvironment } from "../clock.js";
import type { Engine } from "../engine.js";
import { openStore } from "../store/open.js";
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";

/** The options that every command takes. */
export interface GlobalOptions {
  /** The embedded store's data folder, where one is named. */
  readonly data?: string;
  readonly project: string;
  /** True lets webhooks go to private addresses, as SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS does. */
  readonly allowPrivateWebhooks?: boolean;
}

const defaultFolder = ".segmentql";

/** Where a command finds the data: MongoDB, where MONGODB_URI names one, else a folder. */
export function dataPlace({ data }: Pick<GlobalOptions, "data">): {
  readonly uri?: string;
  readonly folder?: string;
} {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined || uri === "") return { folder: data ?? defaultFolder };
  return data === undefined ? { uri } : { uri, folder: data };
}

/**
 * Runs `work` on an engine over the data. A command that `writes` makes the folder where there is none, and on MongoDB begins
 * to make the indexes that are missing.
 * @throws CommandFailure where, without `writes`, there is no folder; StoreChoiceError where MongoDB and a folder are named;
 * StoreError `LOCKED` where another process has the folder.
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
  const clock = readClock();
  const maxStaticMembers = readMostStaticMembers();
  const allowPrivateWebhooks = options.allowPrivateWebhooks ?? readAllowPrivateWebhooks();
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
      ...(maxStaticMembers === undefined ? {} : { maxStaticMembers }),
    });
  } finally {
    await store.close();
  }
}

/** The clock that SEGMENTQL_CLOCK asks for, else the machine's. @throws CommandFailure where it holds no instant. */
export function readClock() {
  try {
    return clockFromEnvironment(process.env);
  } catch (error) {
    if (error instanceof RangeError)
      throw new CommandFailure(exitCodes.usage, error.message, { cause: error });
    throw error;
  }
}

/** How many customers SEGMENTQL_STATIC_MEMBERS lets a static segment have. @throws CommandFailure where it holds no number. */
function readMostStaticMembers(): number | undefined {
  const written = process.env.SEGMENTQL_STATIC_MEMBERS;
  if (written === undefined || written === "") return undefined;
  const most = Number(written);
  if (/^\d+$/.test(written) && most >= 1 && most <= 1_000_000) return most;
  throw new CommandFailure(
    exitCodes.usage,
    `SEGMENTQL_STATIC_MEMBERS is "${written}". Write a whole number from 1 to 1000000, or leave it unset for 20,000.`,
  );
}

/** Whether SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS lets webhooks go to private addresses. @throws CommandFailure where it says neither. */
function readAllowPrivateWebhooks(): boolean {
  const written = process.env.SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS ?? "";
  if (written === "1") return true;
  if (written === "" || written === "0") return false;
  throw new CommandFailure(
    exitCodes.usage,
    `SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS is "${written}". Write 1 to let webhooks go to private addresses, or leave it unset.`,
  );
}
