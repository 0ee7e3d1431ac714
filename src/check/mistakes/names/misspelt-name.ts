// `emial ends with .uk`: the name of an attribute or property with a letter or two wrong.
import { resolveName } from "../../../catalog/catalog.js";
import type { Catalog } from "../../../catalog/model.js";
import { quoteName } from "../../../catalog/quote-name.js";
import { closest } from "../../closest.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const misspeltName: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition }, expected }, { catalog, within, mending, source }) => {
    if (condition?.kind !== "Comparison" && condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const meant = nearestName(catalog, text);
    if (meant === undefined) return undefined;
    const named = { replacement: meant, span };
    // `total spnt is above 300`: what follows the name is wrong, too, which shows once the name is known.
    const { start, end } = condition.span;
    const whole = `${source.raw(start, span.start)}${meant}${source.raw(span.end, end)}`;
    const further =
      mending === undefined || mending.mends(named)
        ? undefined
        : mending.further({ replacement: whole, span: condition.span });
    const more = { expected, fix: further ?? named };
    return within === undefined
      ? diagnostic("UNKNOWN_ATTRIBUTE", [text, meant], span, more)
      : diagnostic("UNKNOWN_PROPERTY", [text, within.type.name, meant, expected], span, more);
  },
};

/** The name that was most likely meant, as a query writes it. */
export function nearestName(catalog: Catalog, written: string): string | undefined {
  const aspect = /\s+(?:anniversary|month)$/i.exec(written)?.[0] ?? "";
  // `customers.city`: the name of a table.
  const column = /^(?:customers?|users?|contacts?|profiles?|c|u)\.(.+)$/i.exec(written)?.[1];
  if (column !== undefined && resolveName(catalog, column) !== undefined) return column;
  const words = withMetadataPrefix(
    written
      .slice(0, written.length - aspect.length)
      .replace(/^(?:(?:the|an?|customers?|customer's)\s+)+/i, ""),
  );
  const names = new Map<string, string>();
  for (const name of catalog.byName.keys()) names.set(name, name);
  for (const [key, attribute] of catalog.metadataByName) {
    const bare = quoteName(key);
    names.set(attribute.name, attribute.name);
    if (!names.has(key))
      names.set(key, resolveName(catalog, bare)?.attribute === attribute ? bare : attribute.name);
  }
  const found = metadataPrefix.test(words) ? closestKey(words, names) : closest(words, names.keys());
  return found === undefined ? undefined : `${names.get(found) ?? found}${aspect.toLowerCase()}`;
}

const metadataPrefix = /^metadata\s*\.\s*/i;

// What people write for `metadata`, in other words or with letters wrong.
const otherPrefix =
  /^(?:customer\s*\.\s*)?(?<word>[a-z_]{4,16}(?:\s+(?:fields?|attributes?|propert(?:y|ies)))?)(?:\s*\.\s*(?<key>.+))?$/i;
const otherWords =
  /^(?:meta|custom|properties|property|attributes?|traits?|fields?|(?:custom|meta)[\s_]?(?:data|fields?|attributes?|propert(?:y|ies)))$/i;

/** `metadta is gold`, `custom field is gold`: metadata without its key. */
export const metadataWithoutKey: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition } }, { catalog, within }) => {
    if (within !== undefined || (condition?.kind !== "Comparison" && condition?.kind !== "Flag"))
      return undefined;
    const { text, span } = condition.attribute;
    const written = otherPrefix.exec(text)?.groups;
    if (written === undefined || written.key !== undefined || !meansMetadata(written.word!)) return undefined;
    const keys = [...catalog.metadataByName.values()].map(({ name }) => name);
    return diagnostic("METADATA_KEY", [text, keys], span, { expected: keys });
  },
};

function meansMetadata(word: string): boolean {
  return otherWords.test(word) || closest(word, ["metadata"]) !== undefined;
}

/** `meta.plan`, `metadta.plan`, `custom_fields.plan` as `metadata.plan`. */
function withMetadataPrefix(words: string): string {
  const written = otherPrefix.exec(words)?.groups;
  return written?.key !== undefined && meansMetadata(written.word!) ? `metadata.${written.key}` : words;
}

/** The name of metadata whose key is nearest: the letters of `metadata.` itself don't count. */
function closestKey(words: string, names: ReadonlyMap<string, string>): string | undefined {
  const keyOf = (name: string): string => name.replace(metadataPrefix, "").replace(/^(["'`])(.*)\1$/, "$2");
  const keys = new Map<string, string>();
  for (const name of names.keys()) if (metadataPrefix.test(name)) keys.set(keyOf(name), name);
  const key = closest(keyOf(words), keys.keys());
  return key === undefined ? undefined : keys.get(key);
}
