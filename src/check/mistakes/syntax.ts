// Fixes for what the parser reports without a fix, or with a too literal one: a stray bracket, an apostrophe for a quote.
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import { quoted } from "../../../grammar/format.js";
import type { Source } from "../../../grammar/source.js";

/** Other fixes of a syntax error, the likeliest first. */
export function otherMends({ code, span }: Diagnostic, source: Source): readonly Fix[] {
  const written = source.raw(span.start, span.end);
  if (code === "UNEXPECTED" && /^[)\]]$/.test(written)) return [{ replacement: "", span }];
  if (code === "UNEXPECTED" && written === ",") {
    // `vip, but not in Paris`, `vip, and age is 30`: the word after it joins the conditions.
    const isJoined = /^\s*(?:and|or|but|plus|except|unless)\s/i.test(source.text.slice(span.end));
    return [{ replacement: isJoined ? "" : " and", span }];
  }
  // `'s-Hertogenbosch`, `'t Hart`: an apostrophe that begins a name.
  const name = code === "UNCLOSED_QUOTE" ? /^'[stn][-\s][^)\],]*/i.exec(written)?.[0].trimEnd() : undefined;
  if (name === undefined) return [];
  const end = / (?:and|or) /i.exec(name)?.index ?? name.length;
  const value = name.slice(0, end);
  return [{ replacement: quoted(value), span: source.span(span.start, span.start + value.length) }];
}
