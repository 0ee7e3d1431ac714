// A command's hold on a data folder: opens it, hands over the engine, and lets go of it whatever happens.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { clockFromEnvironment } from "../clock.js";
import type { Engine } from "../engine.js";
import { openEmbeddedStore } from "../store/embedded/store.js";
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";

/** The options that every command takes. */
export interface GlobalOptions {
  /** The data folder. */
  readonly data: string;
  readonly project: string;
}

/**
 * Runs `work` on an engine over the data folder. With `create`, the folder is made where there is none.
 * @throws CommandFailure where, without `create`, there is none; StoreError `LOCKED` where another process has it.
 */
export async function withEngine<Result>(
  options: GlobalOptions,
  create: boolean,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const folder = resolve(options.data);
  if (!create && !existsSync(folder)) {
    throw new CommandFailure(
      exitCodes.failure,
      `There is no data in ${options.data}. Import some with segmentql import, try the demo shop with segmentql serve --demo, or say where the data is with --data.`,
    );
  }
  const clock = readClock();
  const store = await openEmbeddedStore(folder);
  try {
    return await work({ store, clock });
  } finally {
    await store.close();
  }
}

function readClock() {
  try {
    return clockFromEnvironment(process.env);
  } catch (error) {
    if (error instanceof RangeError)
      throw new CommandFailure(exitCodes.usage, error.message, { cause: error });
    throw error;
  }
}
