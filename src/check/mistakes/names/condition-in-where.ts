// `performed login where device is x and performed checkout`: a condition on events, segments or samples in a `where`.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";
import { endOfWhere } from "./end-of-where.js";

export const conditionInWhere: Mistake = {
  of: ["NOT_IN_WHERE"],
  recognise: ({ parameters, span }, scope) => {
    const fix = endOfWhere(scope, span);
    if (fix === undefined) return undefined;
    const [what, event] = parameters as readonly [string, string];
    return diagnostic("NOT_IN_WHERE", [what, event, fix.replacement], span, { fix });
  },
};
