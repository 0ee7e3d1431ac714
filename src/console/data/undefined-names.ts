// Names of a sentence that the project does not define yet: which one a mistake is about.
import type { Diagnostic, Part } from "../language/protocol.js";
import type { NameKind } from "./generated.js";

export interface UndefinedName {
  readonly kind: NameKind;
  readonly name: string;
  /** The type of event, for a property. */
  readonly event?: string;
}

/** More words than these are a part of a sentence rather than a name. */
const maxWords = 3;

/** The name that a mistake says is missing, if it is one that can be defined. */
export function undefinedNameOf(
  { code, span }: Diagnostic,
  text: string,
  parts: readonly Part[],
): UndefinedName | undefined {
  const written = text.slice(span.start, span.end);
  const isMetadata = /^metadata\s*\./i.test(written);
  const name = unquoted(written.replace(/^metadata\s*\.\s*/i, ""));
  if (name === "" || name.split(/\s+/).length > maxWords) return undefined;
  if (code === "UNKNOWN_ATTRIBUTE") return { kind: "CUSTOMER_METADATA", name };
  if (code === "UNKNOWN_EVENT") return { kind: "EVENT", name };
  if (code !== "UNKNOWN_PROPERTY") return undefined;
  const event = nearestEvent(span, parts);
  if (event === undefined) return undefined;
  if (event === "order" || event === "orders") return { kind: "ORDER_METADATA", name };
  return isMetadata ? undefined : { kind: "EVENT_PROPERTY", name, event };
}

function unquoted(written: string): string {
  return written.trim().replace(/^(["'`])(.*)\1$/s, "$2");
}

/** The event whose name is written nearest to a stretch: its properties are named next to it. */
function nearestEvent({ start, end }: Diagnostic["span"], parts: readonly Part[]): string | undefined {
  let nearest: Part | undefined;
  const distance = ({ from, to }: Part): number => (from >= end ? from - end : start - to);
  for (const part of parts)
    if (part.role === "event" && (nearest === undefined || distance(part) < distance(nearest)))
      nearest = part;
  return nearest === undefined ? undefined : unquoted(nearest.text);
}
