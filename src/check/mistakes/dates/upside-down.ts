// `age between 30 and 20`: a range upside down.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const upsideDown: Mistake = {
  of: ["UPSIDE_DOWN"],
  recognise: ({ about: { operation }, span }) => {
    const [from, to] = operation?.operands ?? [];
    if (from === undefined || to === undefined) return undefined;
    return diagnostic("UPSIDE_DOWN", [from.raw, to.raw], span, {
      fix: { replacement: `${to.raw} and ${from.raw}`, span },
    });
  },
};
