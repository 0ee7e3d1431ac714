// `segmentql segment combine`: saves a union, an intersection or a difference of segments.
import { type Combination, combineSegments } from "../../segments/combine.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { customersText } from "../query/customer-list.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";
import { countOf, described, kindName, refusing, segmentCalled } from "./segment-command.js";

export interface CombineSegmentsOptions extends GlobalOptions {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly without?: readonly string[];
  readonly static?: boolean;
  readonly json?: boolean;
}

export async function combineSegmentsCommand(name: string, options: CombineSegmentsOptions): Promise<void> {
  const { any, all, without, project } = options;
  const given = [
    ["union", any],
    ["intersection", all],
    ["difference", without],
  ] as const satisfies readonly (readonly [Combination, unknown])[];
  const [chosen, ...others] = given.flatMap(([combination, names]) =>
    names === undefined ? [] : [{ combination, names }],
  );
  if (chosen === undefined || others.length > 0) {
    throw new CommandFailure(
      exitCodes.usage,
      "Say how segments are put together: --any, --all or --without, one of the three, with their names.",
    );
  }
  await withEngine(options, true, async (engine) => {
    const segmentIds: string[] = [];
    for (const each of chosen.names) segmentIds.push((await segmentCalled(engine, project, each)).segment_id);
    const kind = options.static === true ? "static" : "auto_update";
    const made = await refusing("", () =>
      combineSegments(engine, project, {
        name,
        combination: chosen.combination,
        segmentIds,
        kind,
      }),
    );
    if (options.json) print(JSON.stringify(await described(engine, made), null, 2));
    else
      print(
        printable(`${kindName(made)} segment "${made.name}": ${customersText(await countOf(engine, made))}.`),
      );
  });
}
