// `segmentql segment combine`: saves a union, an intersection or a difference of segments.
import type { SegmentCombination } from "../../segments/combine.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { GlobalOptions } from "../session.js";
import { printChanged } from "./segment-command.js";
import { withSegments } from "./with-segments.js";

export interface CombineSegmentsOptions extends GlobalOptions {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly without?: readonly string[];
  readonly static?: boolean;
  readonly json?: boolean;
}

export async function combineSegmentsCommand(name: string, options: CombineSegmentsOptions): Promise<void> {
  const { any, all, without } = options;
  const given = [
    ["union", any],
    ["intersection", all],
    ["difference", without],
  ] as const satisfies readonly (readonly [SegmentCombination, unknown])[];
  const [chosen, ...others] = given.flatMap(([combination, names]) =>
    names === undefined ? [] : [{ combination, names }],
  );
  if (chosen === undefined || others.length > 0) {
    throw new CommandFailure(
      exitCodes.usage,
      "Say how segments are put together: --any, --all or --without, one of the three, with their names.",
    );
  }
  await withSegments(options, true, async (segments) => {
    const segmentIds: string[] = [];
    for (const each of chosen.names) segmentIds.push((await segments.named(each)).id);
    const { combination } = chosen;
    const isStatic = options.static === true;
    printChanged(await segments.combine({ name, combination, segmentIds, isStatic }), options);
  });
}
