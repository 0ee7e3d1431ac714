// `segmentql key`: the work of its commands.
import type { AccessScope } from "../../access/caller.js";
import { KeyError } from "../../access/key-error.js";
import { createKey, keysOf, revokeKey } from "../../access/keys.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { createKeyOver, keysOver, revokeKeyOver } from "../server/keys.js";
import { type GlobalOptions, withEither } from "../session.js";
import { complain, print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";
import type { ShownKey } from "./shown-key.js";

export interface CreateKeyOptions extends GlobalOptions {
  readonly scope: AccessScope;
  readonly expires?: string;
}

export async function createKeyCommand(name: string, options: CreateKeyOptions): Promise<void> {
  const expiresAt = options.expires === undefined ? undefined : instantOf(options.expires);
  const wanted = { name, scope: options.scope, expiresAt };
  const key = await run(options, {
    engine: async (engine) => (await createKey(engine, options.project, wanted)).key,
    server: (client) => createKeyOver(client, wanted),
  });
  print(key);
  complain("Store this key: it cannot be printed again. Send it as `Authorization: Bearer KEY`.");
}

export async function listKeysCommand(options: GlobalOptions): Promise<void> {
  const keys = await run<readonly ShownKey[]>(options, {
    engine: (engine) => keysOf(engine, options.project),
    server: keysOver,
  });
  if (keys.length === 0) {
    print("There are no keys.");
    return;
  }
  const day = (date: Date | undefined): string => date?.toISOString().slice(0, 16).replace("T", " ") ?? "–";
  const columns = ["ID", "NAME", "SCOPE", "CREATED", "EXPIRES", "REVOKED", "LAST USED"];
  const lines = tableLines(
    columns.map((title) => ({ title, align: "left" as const, widest: 40 })),
    keys.map(({ key_id, name, scope, created_at, expires_at, revoked_at, last_used_at }) => [
      key_id,
      name,
      scope,
      day(created_at),
      day(expires_at),
      day(revoked_at),
      day(last_used_at),
    ]),
  );
  for (const line of lines) print(line);
}

export async function revokeKeyCommand(id: string, options: GlobalOptions): Promise<void> {
  const name = await run(options, {
    engine: async (engine) => (await revokeKey(engine, options.project, id)).name,
    server: (client) => revokeKeyOver(client, id),
  });
  print(`The key "${name}" is revoked.`);
}

async function run<Result>(
  options: GlobalOptions,
  work: Parameters<typeof withEither<Result>>[2],
): Promise<Result> {
  try {
    return await withEither(options, true, work);
  } catch (error) {
    if (error instanceof KeyError)
      throw new CommandFailure(exitCodes.failure, error.message, { cause: error });
    throw error;
  }
}

function instantOf(written: string): number {
  const instant = Date.parse(written);
  if (!Number.isNaN(instant) && /T.*(Z|[+-]\d\d:?\d\d)$/i.test(written)) return instant;
  throw new CommandFailure(
    exitCodes.usage,
    `"${written.slice(0, 60)}" is not an instant. Write one with its offset, as 2027-01-01T00:00:00Z.`,
  );
}
