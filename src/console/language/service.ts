// The language's answers about a text, from the same modules as the server's: without any request.
import type { Query } from "../../../grammar/tree.js";
import { countryCode } from "../../catalog/countries.js";
import { checkQuery, formatQuery, parseQuery } from "../../check/check.js";
import { type Candidate, matchKey } from "../../suggest/candidate.js";
import { valueCandidate, writeValue } from "../../suggest/comparing.js";
import { suggestAt, valuesWantedAt } from "../../suggest/suggest.js";
import { choicesAt, newConditionOn } from "./choices.js";
import { applyEdits } from "./edits.js";
import { clausesOf, formOf } from "./form.js";
import { catalogsOf } from "./names.js";
import { mentionsOf, partsOf, tokensOf } from "./parts.js";
import type { Analysis, Diagnostic, FoundValue, LanguageService, ProjectNames } from "./protocol.js";
import type { AnyNode } from "./walk.js";

/** Makes the language of a project. */
export function languageOf(names: ProjectNames): LanguageService {
  const catalogFor = catalogsOf(names);
  const analyse = (text: string, asOf: number): Analysis => {
    const catalog = catalogFor(text);
    const { tree, meant, diagnostics, plan, canonical } = checkQuery(text, catalog, asOf);
    const node = tree as unknown as AnyNode & { readonly comments: readonly AnyNode[] };
    const parts = partsOf(node, catalog).map((part) =>
      part.control.kind === "money"
        ? { ...part, control: { ...part.control, currency: names.currency } }
        : part,
    );
    return {
      text,
      valid: plan !== undefined,
      diagnostics,
      tokens: tokensOf(node, catalog, parts),
      parts,
      clauses: plan === undefined ? [] : clausesOf(meant ?? tree),
      mentions: mentionsOf((meant ?? tree) as unknown as AnyNode, catalog),
      canonical,
      ...(meant === undefined
        ? { form: formOf(tree, text, parts) }
        : { meant: analyse(withoutSynonyms(text, diagnostics), asOf) }),
    };
  };
  return {
    analyse,
    suggest: (text, cursor, asOf, first, values) =>
      suggestAt(catalogFor(text), text, cursor, { asOf, first }, ({ search }) =>
        values.map((value, index) => foundCandidate(value, index, matchKey(search.trimStart()))),
      ),
    wantedValues: (text, cursor) => {
      const wanted = valuesWantedAt(catalogFor(text), text, cursor);
      const attribute = wanted?.subject.attribute;
      if (wanted === undefined || attribute === undefined || !hasListedValues(attribute)) return undefined;
      const { event } = wanted.subject;
      return {
        attribute: attribute.name,
        ...(event === undefined ? {} : { event: event.name }),
        search: wanted.search.trimStart(),
      };
    },
    choices: (text, part) => choicesAt(catalogFor(text), text, part),
    newCondition: (name) => newConditionOn(catalogFor(name), name),
    format: (text) => {
      const { tree } = parseQuery(text);
      return hasInvalid(tree) ? undefined : formatQuery(tree);
    },
  };
}

/** The text with the language's own words for the synonyms that were read as such. */
function withoutSynonyms(text: string, diagnostics: readonly Diagnostic[]): string {
  const edits = diagnostics.flatMap(({ code, fix }) =>
    code === "READ_AS" && fix !== undefined
      ? { from: fix.span.start, to: fix.span.end, insert: fix.replacement }
      : [],
  );
  return applyEdits(text, edits);
}

const listed: ReadonlySet<string> = new Set(["text", "exact", "country", "enumeration", "number", "product"]);

/** True if listing the data's values is useful: not for dates and amounts. */
function hasListedValues({ type, element }: { readonly type: string; readonly element?: string }): boolean {
  return listed.has(type === "set" ? (element ?? "text") : type);
}

// Before the values that are known without the data.
const weightOfData = -10_000;

/** A value as a candidate. The service found it by what is typed, so it also matches if only a SKU of it does. */
function foundCandidate({ value, count }: FoundValue, index: number, typed: string): Candidate {
  const found = `Found ${count === 1 ? "once" : `${count.toLocaleString("en")} times`} in the rows looked at.`;
  const candidate = valueCandidate(value, found, weightOfData + index);
  const insert = writeValue(value);
  const code = countryCode(value);
  const known = [matchKey(value), ...(code === undefined ? [] : [matchKey(code)])];
  const isFound = known.some((key) => key.startsWith(typed) || key.includes(` ${typed}`));
  const keys = isFound ? known : [...known, typed];
  return { ...candidate, spellings: keys.map((key) => ({ key, insert, canonical: true })) };
}

function hasInvalid(tree: Query): boolean {
  return JSON.stringify(tree.expression).includes('"kind":"Invalid"');
}
