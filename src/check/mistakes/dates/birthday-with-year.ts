// `birthday anniversary is 1990-05-01`: an anniversary compared with one whole date.

import { readDate } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import type { Mistake } from "../mistake.js";

export const anniversaryWithYear: Mistake = {
  of: ["WHOLE_DATE"],
  recognise: ({ about: { value }, span, expected }, scope) => {
    const read = value === undefined ? undefined : readDate(value.text, nowIn(scope));
    if (value === undefined || read?.kind !== "date" || read.day === undefined) return undefined;
    const [, month, day] = read.day.split("-");
    const replacement = `${day}.${month}`;
    return diagnostic("WHOLE_DATE", [value.text, replacement], span, {
      expected,
      fix: { replacement, span },
    });
  },
};
