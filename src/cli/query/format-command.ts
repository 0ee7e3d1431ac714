// `segmentql format`: a query in its canonical form.
import { checkQuery } from "../../check/check.js";
import { checkOnServer } from "../server/queries.js";
import { clientOf } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { type NamesOptions, withNames } from "./known-names.js";
import { queryText } from "./query-input.js";

export async function formatCommand(argument: string | undefined, options: NamesOptions): Promise<void> {
  const source = await queryText(argument);
  const client = options.definition === undefined ? clientOf(options) : undefined;
  const { canonical, diagnostics } =
    client === undefined
      ? await withNames(options, source, async ({ catalog, now }) => checkQuery(source, catalog, now))
      : await checkOnServer(client, source, { values: false });
  refuseWrongQuery(source, diagnostics);
  print(canonical);
}
