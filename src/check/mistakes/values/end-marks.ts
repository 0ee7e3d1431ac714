// `country is Poland.`, `vip;`: a full stop or semicolon at the end of the text, as sentences and SQL have it.
import { countryCode } from "../../../catalog/countries.js";
import { diagnostic } from "../../failure.js";
import type { Mistake, Suspicion } from "../mistake.js";
import type { Phrase } from "../phrase.js";
import { isBare, valueCodes, wordedTypes } from "../value.js";

const mark = /[.;]+$/;

/** Behind a value that any text may be. */
export const markBehindText: Suspicion = {
  of: wordedTypes,
  suspect: ({ operation }, { source }) => {
    const value = operation.operands.at(-1);
    if (value === undefined || !isBare(value) || source.text.slice(value.span.end).trim() !== "") return [];
    const sign = mark.exec(value.raw)?.[0];
    if (sign === undefined) return [];
    // `U.S.A.` is a country's name.
    if (countryCode(value.text) !== undefined) return [];
    // `St.` and `Inc.` may well end so, and a text that is only marks is meant as it is.
    if (sign === value.raw) return [];
    const span = source.span(value.span.end - sign.length, value.span.end);
    return [diagnostic("MARK_IN_TEXT", [sign], span, { fix: { replacement: "", span } })];
  },
};

/** Behind a value of another type. */
export const markBehindValue: Mistake = {
  of: valueCodes,
  recognise: ({ about: { value } }, { source }) => {
    const sign = value === undefined || !isBare(value) ? undefined : mark.exec(value.raw)?.[0];
    if (value === undefined || sign === undefined || sign === value.raw) return undefined;
    if (source.text.slice(value.span.end).trim() !== "") return undefined;
    const span = source.span(value.span.end - sign.length, value.span.end);
    return diagnostic("UNEXPECTED_MARK", [sign], span, { fix: { replacement: "", span } });
  },
};

/** Behind a name, and between conditions. */
export const markBetween: Phrase = {
  rewrite: ({ text, span }, { source }) => {
    if (mark.test(text) && source.text.slice(span.end).trim() === "") return [text.replace(mark, "")];
    const parted = text.replace(/\s*;\s+/g, " and ");
    return parted === text ? [] : [parted];
  },
};
