// `performed logni`, `sum of amonut of order`, `in segment Regulas`: names of the project with a letter or two wrong.
import { quoted, quoteValue } from "../../../../grammar/format.js";
import { closest } from "../../closest.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const misspeltEvent: Mistake = {
  of: ["UNKNOWN_EVENT"],
  recognise: ({ about: { value }, span, expected }) => {
    // A sign is not a wrong letter: a count was meant.
    if (value === undefined || /[<>=]/.test(value.text)) return undefined;
    const meant = closest(value.text, expected);
    if (meant === undefined) return undefined;
    return diagnostic("UNKNOWN_EVENT", [value.text, meant, expected], span, {
      expected,
      fix: { replacement: quoteValue(meant), span },
    });
  },
};

/** Of a measure; a property in a `where` is resolved as attributes are. */
export const misspeltProperty: Mistake = {
  of: ["UNKNOWN_PROPERTY"],
  recognise: ({ about: { value }, parameters, span, expected }) => {
    const meant = value === undefined ? undefined : closest(value.text, expected);
    if (value === undefined || meant === undefined) return undefined;
    const [, event] = parameters as readonly [string, string];
    return diagnostic("UNKNOWN_PROPERTY", [value.text, event, meant, expected], span, {
      expected,
      fix: { replacement: quoteValue(meant), span },
    });
  },
};

export const misspeltSegment: Mistake = {
  of: ["UNKNOWN_SEGMENT"],
  recognise: ({ about: { value }, parameters, span }) => {
    const [written, , names] = parameters as readonly [string, undefined, readonly string[]];
    const meant = value === undefined ? undefined : closest(value.text, names);
    if (meant === undefined) return undefined;
    return diagnostic("UNKNOWN_SEGMENT", [written, meant, names], span, {
      expected: [meant],
      fix: { replacement: quoted(meant), span },
    });
  },
};
