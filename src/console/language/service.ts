// The language's answers about a text, from the same modules as the server's: without any request.
import type { Query } from "../../../grammar/tree.js";
import { countryCode } from "../../catalog/countries.js";
import { checkQuery, formatQuery, parseQuery } from "../../check/check.js";
import { type Candidate, matchKey } from "../../suggest/candidate.js";
import { valueCandidate, writeValue } from "../../suggest/comparing.js";
import { suggestAt, valuesWantedAt } from "../../suggest/suggest.js";
import { choicesAt, newConditionOn } from "./choices.js";
import { clausesOf, formOf } from "./form.js";
import { catalogsOf } from "./names.js";
import { mentionsOf, partsAsMeant, partsOf, tokensOf } from "./parts.js";
import type { Analysis, FoundValue, LanguageService, Part, ProjectNames } from "./protocol.js";
import type { AnyNode } from "./walk.js";

/** Makes the language of a project. */
export function languageOf(names: ProjectNames): LanguageService {
  const catalogFor = catalogsOf(names);
  return {
    analyse: (text, asOf) => {
      const catalog = catalogFor(text);
      const checked = checkQuery(text, catalog, asOf);
      const { tree, meant, diagnostics } = checked;
      const node = tree as unknown as AnyNode & { readonly comments: readonly AnyNode[] };
      const meantNode = (meant ?? tree) as unknown as AnyNode;
      const partsIn = (root: AnyNode): readonly Part[] =>
        partsOf(root, catalog).map((part) =>
          part.control.kind === "money"
            ? { ...part, control: { ...part.control, currency: names.currency } }
            : part,
        );
      const parts = partsIn(node);
      const valid = checked.plan !== undefined;
      const analysis: Analysis = {
        text,
        valid,
        diagnostics,
        tokens: tokensOf(node, catalog, parts),
        parts,
        clauses: valid ? clausesOf(meant ?? tree) : [],
        mentions: mentionsOf(meantNode, catalog),
        form: formOf(
          meant ?? tree,
          text,
          meant === undefined ? parts : partsAsMeant(text, parts, partsIn(meantNode)),
        ),
        canonical: checked.canonical,
      };
      return analysis;
    },
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
