// `segmentql format`: a query in its one canonical form.
import { checkText } from "../../query/tree.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { queryText } from "./query-input.js";

export async function formatCommand(argument: string | undefined, options: GlobalOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const { canonical, diagnostics } = await checkText(engine, options.project, source);
    refuseWrongQuery(source, diagnostics);
    print(canonical);
  });
}
