// `segmentql source`: the work of its commands.
import type { SourceApi, SourceDocument, SourceKind } from "../../documents/source-documents.js";
import { createSource, deleteSource, sourcesOf, updateSource } from "../../integrations/sources.js";
import { findProject } from "../../projects/projects.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { createSourceOver, removeSourceOver, sourcesOver, updateSourceOver } from "../server/sources.js";
import { type GlobalOptions, withEither } from "../session.js";
import { complain, print } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";
import type { ChangedSource, ShownSource } from "./shown-source.js";

export interface SourceOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly kind?: string;
  readonly secret?: string;
  readonly apiUrl?: string;
  readonly apiToken?: string;
  readonly keepUnknown?: boolean;
}

export interface SourceUpdateOptions extends SourceOptions {
  readonly name?: string;
  readonly rotateSecret?: boolean;
  readonly dropUnknown?: boolean;
  readonly enable?: boolean;
  readonly disable?: boolean;
}

function shown({ _id, name, kind, enabled, keep_unknown, received }: SourceDocument): ShownSource {
  return {
    id: _id,
    name,
    kind,
    path: `/sources/${_id}`,
    enabled,
    keepUnknown: keep_unknown,
    lastReceivedAt: received.last_at ?? null,
    accepted: received.accepted,
    ignored: received.ignored,
    rejected: received.rejected,
    problem: received.problems[0]?.message ?? null,
  };
}

function apiOf({ apiUrl, apiToken }: SourceOptions): SourceApi | undefined {
  if (apiUrl === undefined && apiToken === undefined) return undefined;
  if (apiUrl !== undefined && apiToken !== undefined) return { url: apiUrl, token: apiToken };
  throw new CommandFailure(exitCodes.usage, "Give both --api-url and --api-token.");
}

/** Creates a source. Its secret is printed only now. */
export async function createSourceCommand(name: string, options: SourceOptions): Promise<void> {
  const { project, secret, keepUnknown = false } = options;
  const kind = options.kind?.toUpperCase() as SourceKind;
  const wanted = { name, kind, secret, keepUnknown, api: apiOf(options) };
  const created = await withEither<ChangedSource>(options, true, {
    engine: async (engine) => {
      const source = await createSource(engine, project, wanted);
      return { source: shown(source), secret: source.secret };
    },
    server: (client) => createSourceOver(client, wanted),
  });
  report(created, options);
}

/** Changes a source. A new secret is printed only now. */
export async function updateSourceCommand(id: string, options: SourceUpdateOptions): Promise<void> {
  const { project, name, secret, rotateSecret, keepUnknown, dropUnknown, enable, disable } = options;
  if (enable && disable) throw new CommandFailure(exitCodes.usage, "Enable it or disable it: not both.");
  if (keepUnknown && dropUnknown)
    throw new CommandFailure(exitCodes.usage, "Keep unknown fields or drop them: not both.");
  const changes = {
    name,
    secret,
    rotateSecret,
    enabled: enable ? true : disable ? false : undefined,
    keepUnknown: keepUnknown ? true : dropUnknown ? false : undefined,
    api: apiOf(options),
  };
  const isNew = secret !== undefined || rotateSecret === true;
  const changed = await withEither<ChangedSource>(options, true, {
    engine: async (engine) => {
      const source = await updateSource(engine, project, id, changes);
      return { source: shown(source), secret: isNew ? source.secret : undefined };
    },
    server: (client) => updateSourceOver(client, id, changes),
  });
  report(changed, options);
}

function report({ source, secret }: ChangedSource, { json }: SourceOptions): void {
  if (json) {
    print(JSON.stringify(secret === undefined ? source : { ...source, secret }, null, 2));
    return;
  }
  print(`Source  ${source.id}\nAddress ${source.path}${secret === undefined ? "" : `\nSecret  ${secret}`}`);
  if (secret !== undefined) complain("The secret is not shown again: give it to the sender now.");
}

/** Lists the sources. */
export async function listSourcesCommand(options: SourceOptions): Promise<void> {
  const sources = await withEither<readonly ShownSource[]>(options, false, {
    engine: async (engine) => {
      await findProject(engine, options.project);
      return (await sourcesOf(engine, options.project)).map(shown);
    },
    server: sourcesOver,
  });
  if (options.json) {
    print(JSON.stringify(sources, null, 2));
    return;
  }
  const rows = sources.map(({ id, name, kind, enabled, accepted, ignored, rejected, problem }) => [
    id,
    name,
    kind.toLowerCase(),
    enabled ? accepted.toLocaleString("en") : "disabled",
    ignored.toLocaleString("en"),
    rejected.toLocaleString("en"),
    problem ?? "",
  ]);
  for (const line of tableLines(sourceColumns, rows)) print(line);
}

const sourceColumns: readonly Column[] = [
  { title: "id", align: "left", widest: 36 },
  { title: "name", align: "left", widest: 30 },
  { title: "kind", align: "left", widest: 14 },
  { title: "accepted", align: "right", widest: 12 },
  { title: "ignored", align: "right", widest: 12 },
  { title: "rejected", align: "right", widest: 12 },
  { title: "problem", align: "left", widest: 80 },
];

/** Removes a source. */
export async function removeSourceCommand(id: string, options: SourceOptions): Promise<void> {
  await withEither(options, true, {
    engine: (engine) => deleteSource(engine, options.project, id),
    server: (client) => removeSourceOver(client, id),
  });
  print("Removed.");
}
