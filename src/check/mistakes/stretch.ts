// The words of a condition, up to the next one, including what the parser skipped after it.

import type { Span } from "../../../grammar/diagnostic.js";
import { tokenize } from "../../../grammar/parser/tokens.js";
import type { Source } from "../../../grammar/source.js";
import type { Expression } from "../../../grammar/tree.js";

export interface Stretch {
  readonly text: string;
  readonly span: Span;
}

type Tokens = ReturnType<typeof tokenize>["tokens"];

const tokensOf = new WeakMap<Source, Tokens>();

/** From the condition's first word to the last before the next `and`, `or` or closing bracket; in a group also the next comma. */
export function stretchOf(source: Source, node: Expression, inGroup: boolean): Stretch {
  let tokens = tokensOf.get(source);
  if (tokens === undefined) {
    ({ tokens } = tokenize(source.text));
    tokensOf.set(source, tokens);
  }
  const { start } = node.span;
  let { end } = node.span;
  let depth = 0;
  for (const { startOffset, image } of tokens) {
    if (startOffset < start) continue;
    const isBehind = startOffset >= node.span.end;
    if (isBehind && depth <= 0 && endsCondition(image, inGroup)) break;
    if (image === "(" || image === "[") depth += 1;
    else if (image === ")" || image === "]") depth -= 1;
    end = Math.max(end, startOffset + image.length);
  }
  return { text: source.raw(start, end), span: source.span(start, end) };
}

function endsCondition(image: string, inGroup: boolean): boolean {
  return image === "and" || image === "or" || image === ")" || image === "]" || (inGroup && image === ",");
}
