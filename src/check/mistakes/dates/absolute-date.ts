// `created is more than 2026-01-01`: a day where a length of time is compared.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const absoluteDate: Mistake = {
  of: ["NEEDS_RELATIVE_DATE"],
  recognise: ({ parameters, span, expected }) => {
    const [written, form] = parameters as readonly [string, string];
    return diagnostic("NEEDS_RELATIVE_DATE", [written, form], span, {
      expected,
      fix: { replacement: form, span },
    });
  },
};
