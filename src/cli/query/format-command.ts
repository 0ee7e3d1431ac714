// `segmentql format`: a query in its one canonical form.
import { checkQuery } from "../../check/check.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { type NamesOptions, withNames } from "./known-names.js";
import { queryText } from "./query-input.js";

export async function formatCommand(argument: string | undefined, options: NamesOptions): Promise<void> {
  const source = await queryText(argument);
  await withNames(options, source, async ({ catalog, now }) => {
    const { canonical, diagnostics } = checkQuery(source, catalog, now);
    refuseWrongQuery(source, diagnostics);
    print(canonical);
  });
}
