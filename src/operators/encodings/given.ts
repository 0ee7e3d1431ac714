// Texts as they were given, which only a few comparisons need: those with `source_id`, whose case matters, and parts of a country's
// name. They are read where the record has them, not among the facts.
import { countryCodes } from "../../plan/country-codes.js";
import type { Side } from "../../plan/plan.js";
import { normaliseText, trimText, whiteSpace } from "../../plan/text.js";
import { type CustomerFacts, literal, type MongoExpression, reader } from "./encoding.js";
import { chained, type Sql, type SqlStep, sql } from "./sql.js";

type Conversion = NonNullable<Side["as"]>;

/** True if a side reads a text as it was given. */
export function isGiven(as: Side["as"]): as is Extract<Conversion, { kind: "exact" | "imported" }> {
  return as?.kind === "exact" || as?.kind === "imported";
}

type Respelling = readonly [written: string, letter: string];

/**
 * The letters of countries' names that are not ASCII: their capitals, and both in the decomposed form after ASCII is lower case.
 * The capital İ, composed or not, is the only one whose small letter is ASCII.
 */
const otherLetters: readonly (readonly Respelling[])[] = [
  { respell: (letter: string) => letter.toUpperCase(), dotted: "\u0130" },
  { respell: (letter: string) => letter.normalize("NFD"), dotted: "i\u0307" },
].map(({ respell, dotted }) => [
  ...[...new Set([...countryCodes().keys()].join("").replace(/\p{ASCII}/gu, ""))]
    .map((letter): Respelling => [respell(letter), letter])
    .filter(([written, letter]) => written !== letter),
  [dotted, "i"] as const,
]);

/** The value of a key in an object: of the key itself, else of one that differs in the case of ASCII letters. */
export function expressKey(object: MongoExpression, key: string): MongoExpression {
  const entries = (name: MongoExpression, wanted: string): MongoExpression => ({
    $filter: {
      input: { $objectToArray: object },
      as: "given",
      cond: { $eq: [name, literal(wanted)] },
    },
  });
  const found = [entries("$$given.k", key), entries({ $toLower: "$$given.k" }, lowerAscii(key))];
  return { $let: { vars: { entry: { $first: { $concatArrays: found } } }, in: "$$entry.v" } };
}

/** A text without white space at its ends; null if it is blank, or no text. */
export function expressTrimmed(value: MongoExpression): MongoExpression {
  const trimmed = { $trim: { input: value, chars: literal(whiteSpace) } };
  return {
    $let: {
      vars: { trimmed: { $cond: [{ $eq: [{ $type: value }, "string"] }, trimmed, null] } },
      in: { $cond: [{ $eq: ["$$trimmed", ""] }, null, "$$trimmed"] },
    },
  };
}

const codePattern = "^[A-Z][A-Z]$";

/** A country's name as it was given, in lower case. @param value what the country compares by: its code, or its text. */
export function expressImported(value: MongoExpression, given: MongoExpression): MongoExpression {
  const lowered = otherLetters
    .flat()
    .reduce<MongoExpression>(
      (input, [find, replacement]) => ({ $replaceAll: { input, find, replacement } }),
      {
        $toLower: expressTrimmed(given),
      },
    );
  const isCode = { $regexMatch: { input: { $ifNull: [value, ""] }, regex: codePattern } };
  return { $cond: [isCode, lowered, value] };
}

/** The same in SQL, of the value of a key in a JSON object at a path of a document. */
export function keySql(document: Sql, path: string, key: string): Sql {
  return sql`(SELECT j.value FROM json_each(${document}, ${`$.document.${path}`}) AS j WHERE j.key = ${key} OR lower(j.key) = ${lowerAscii(key)} ORDER BY j.key = ${key} DESC LIMIT 1)`;
}

export function trimmedSql(value: Sql): Sql {
  return sql`nullif(trim(${value}, ${whiteSpace}), ${""})`;
}

/** How many letters are replaced in one expression: SQLite limits how deep it is nested. */
const lettersOfStep = 4;

export function importedSql(value: Sql, given: Sql): Sql {
  const letters = otherLetters.flat();
  const steps: SqlStep[] = [(text) => sql`lower(${text})`];
  for (let from = 0; from < letters.length; from += lettersOfStep)
    steps.push((text) =>
      letters
        .slice(from, from + lettersOfStep)
        .reduce((input, [find, replacement]) => sql`replace(${input}, ${find}, ${replacement})`, text),
    );
  const lowered = chained(given, [trimmedSql, ...steps]);
  return sql`CASE WHEN ${value} GLOB ${"[A-Z][A-Z]"} THEN ${lowered} ELSE ${value} END`;
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

type ReadValue = (facts: CustomerFacts, later?: number) => unknown;

/** The same in this process: reads what a side compares, given how its field is read. */
export function givenReader(
  as: Extract<Conversion, { kind: "exact" | "imported" }>,
  read: ReadValue,
): ReadValue {
  if (as.kind === "imported") {
    const given = reader(as.path);
    return (facts) => {
      const written = read(facts) === undefined ? undefined : given(facts);
      return typeof written === "string" ? normaliseText(written) || undefined : undefined;
    };
  }
  const { key } = as;
  if (key === undefined) return read;
  return (facts) => {
    const object = read(facts);
    if (typeof object !== "object" || object === null) return undefined;
    const entries = Object.entries(object);
    const entry =
      entries.find(([name]) => name === key) ??
      entries.find(([name]) => lowerAscii(name) === lowerAscii(key));
    return entry?.[1];
  };
}

/** A text as it was given, trimmed; undefined if it is blank, or no text. */
export function trimmedText(value: unknown): string | undefined {
  return typeof value === "string" ? trimText(value) || undefined : undefined;
}
