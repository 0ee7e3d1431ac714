// Where a `where` was meant to end.
import type { Fix, Span } from "../../../../grammar/diagnostic.js";
import type { Scope } from "../../scope.js";

/**
 * What ends a `where` before a condition that can't be in it: the event condition in parentheses, if another condition precedes
 * it; `and` for `where`, if it is the only one. Undefined if neither does.
 */
export function endOfWhere({ source, within }: Scope, { start, end }: Span): Fix | undefined {
  if (within === undefined) return undefined;
  const { span: whole } = within.condition;
  const before = source.raw(whole.start, start);
  const inside = /^(.*\S)\s+(?:and|or)\s+(?:not\s+)*$/is.exec(before)?.[1];
  if (inside !== undefined) {
    if (inside.split("(").length !== inside.split(")").length) return undefined;
    return { replacement: `(${inside})`, span: source.span(whole.start, whole.start + inside.length) };
  }
  const event = /^(.*\S)(\s+)where\s+$/is.exec(before);
  if (event === null || end !== whole.end) return undefined;
  const [, words = "", space = ""] = event;
  const length = words.length + space.length + "where".length;
  return { replacement: `${words}${space}and`, span: source.span(whole.start, whole.start + length) };
}
