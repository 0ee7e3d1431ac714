// `segmentql check`: whether a query is valid, and its diagnostics.
import { checkQuery } from "../../check/check.js";
import { reportedDiagnostics } from "../../query/missing-values.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { parseAsOf } from "../instant.js";
import type { ServerClient } from "../server/client.js";
import { definitionOfServer } from "../server/definition.js";
import { type CheckedOnServer, checkOnServer } from "../server/queries.js";
import { clientOf } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { type NamesOptions, withNames } from "./known-names.js";
import { queryText } from "./query-input.js";

export interface CheckCommandOptions extends NamesOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function checkCommand(
  argument: string | undefined,
  options: CheckCommandOptions,
): Promise<void> {
  const source = await queryText(argument);
  const { canonical, diagnostics } = await checked(source, options);
  const valid = canonical !== undefined;
  if (!options.json) {
    refuseWrongQuery(source, diagnostics);
    print(canonical);
    return;
  }
  print(JSON.stringify({ valid, canonical: canonical ?? null, diagnostics }, null, 2));
  if (!valid) throw new CommandFailure(exitCodes.wrongQuery, "");
}

function checked(source: string, options: CheckCommandOptions): Promise<CheckedOnServer> {
  const client = options.definition === undefined ? clientOf(options) : undefined;
  if (client !== undefined) return checkedOver(client, source, options);
  return withNames(options, source, async ({ catalog, now, engine }) => {
    const asOf = options.asOf === undefined ? now : parseAsOf(options.asOf, catalog.timezone);
    const checked = checkQuery(source, catalog, asOf);
    const { canonical } = checked;
    if (engine === undefined) return { canonical, diagnostics: checked.diagnostics };
    return { canonical, diagnostics: await reportedDiagnostics(engine, options.project, checked) };
  });
}

async function checkedOver(
  client: ServerClient,
  source: string,
  { asOf: written }: CheckCommandOptions,
): Promise<CheckedOnServer> {
  const asOf =
    written === undefined ? undefined : parseAsOf(written, (await definitionOfServer(client)).timezone);
  return checkOnServer(client, source, { asOf, values: true });
}
