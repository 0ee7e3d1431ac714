// Makes what docs/language.md has from the code: the tables of attributes and operators, the limits, and what is told of each
// example. The rest of the page is written by hand.
import { readFileSync } from "node:fs";
import { limits } from "../../grammar/limits.js";
import { builtInAttributes } from "../../src/catalog/attributes.js";
import { catalogOf, operatorsOf } from "../../src/catalog/catalog.js";
import type { Attribute } from "../../src/catalog/model.js";
import { diagnosticsText } from "../../src/cli/query/diagnostics-text.js";
import type { Operator } from "../../src/operators/operator.js";
import type { ValueType } from "../../src/plan/literals.js";
import { projectDocument } from "../support/project.js";
import { checkExample } from "./example-world.js";

/** The page as it is. */
export function languagePage(): string {
  return readFileSync(new URL("../../docs/language.md", import.meta.url), "utf8");
}

type ExampleKind = "right" | "wrong" | "warned";

export interface Example {
  readonly kind: ExampleKind;
  /** The sentence without what the page says of it. */
  readonly query: string;
}

const fence = /(```segmentql(?: (wrong|warned))?\n)(.*?)(```)/gs;
// What the page says about an example follows it, in a comment.
const said = / *-- [^\n]*$/;

/** Every example of a page. A line that begins with a space continues the one before. */
export function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(fence)].flatMap(([, , kind, block = ""]) =>
    entriesOf(block).map((entry) => ({ kind: kindOf(kind), query: entry.replace(said, "") })),
  );
}

/** The page with its generated parts made again, and with the result of `tell` for each example. */
export function regenerated(page: string, resultOf: (example: Example) => string): string {
  const filled = page.replaceAll(fence, (_, begin: string, kind: string | undefined, block: string, end) => {
    const queries = entriesOf(block).map((entry) => entry.replace(said, ""));
    const lastLines = queries.map((query) => query.slice(query.lastIndexOf("\n") + 1));
    const column = Math.max(...lastLines.map((line) => (line.length > widestAligned ? 0 : line.length)));
    const lines = queries.map((query, index) => {
      const gap = " ".repeat(Math.max(0, column - lastLines[index]!.length) + 2);
      return `${query}${gap}-- ${resultOf({ kind: kindOf(kind), query })}\n`;
    });
    return `${begin}${lines.join("")}${end}`;
  });
  return filled.replaceAll(
    /(<!-- generated: (\w+) -->\n).*?(<!-- end -->)/gs,
    (_, begin: string, part: string, end: string) => `${begin}\n${parts[part]!()}\n\n${end}`,
  );
}

const widestAligned = 84;

function kindOf(word: string | undefined): ExampleKind {
  return word === "wrong" || word === "warned" ? word : "right";
}

function entriesOf(block: string): readonly string[] {
  return block.trimEnd().split(/\n(?! )/);
}

const parts: Readonly<Record<string, () => string>> = {
  attributes: attributeTable,
  operators: operatorTables,
  limits: limitList,
  mistake: () => {
    const query = "emial ends with .uk and age contains 3";
    return `\`\`\`text\n${diagnosticsText(query, checkExample(query).diagnostics, false)}\n\`\`\``;
  },
};

// What the language's users call the types.
const typeNames: Readonly<Record<ValueType, string>> = {
  text: "text",
  exact: "text, in which case matters",
  country: "country",
  enumeration: "one of a few values",
  number: "number",
  money: "money",
  boolean: "true or false",
  date: "date",
  datetime: "date and time",
  yearly: "day of the year",
  month: "month",
  product: "product",
  set: "set",
};

function attributeTable(): string {
  const project = { ...emptyProject };
  const consents = catalogOf(project).byName.get("consents");
  const all = [...builtInAttributes, ...(consents === undefined ? [] : [consents])];
  const rows = all.map((attribute) => [
    `\`${attribute.name}\``,
    attribute.phrases.join(", "),
    typeOf(attribute),
  ]);
  return table(["attribute", "also called", "what it is"], rows);
}

function typeOf({ name, type, values, campaigns, element }: Attribute): string {
  const more = campaigns === undefined ? "" : "; `in campaign` narrows it";
  if (type === "set") return element === "product" ? "set of products bought" : "set of permissions granted";
  if (values !== undefined) return `one of ${values.map((value) => `\`${value}\``).join(" ")}`;
  return `${typeNames[type]}${more}${name === "country" ? ", by its name or code" : ""}`;
}

const emptyProject = projectDocument();

const groups: readonly { readonly title: string; readonly types: readonly ValueType[] }[] = [
  { title: "text", types: ["text"] },
  { title: "one of a few values, country", types: ["enumeration", "country"] },
  { title: "number, money", types: ["number", "money"] },
  { title: "true or false", types: ["boolean"] },
  { title: "date, date and time", types: ["date", "datetime"] },
  { title: "`anniversary` of a date", types: ["yearly"] },
  { title: "`month` of a date", types: ["month"] },
  { title: "set", types: ["set"] },
];

function operatorTables(): string {
  return table(
    ["kind", "comparison", "its opposite", "also written"],
    groups.flatMap(({ title, types }) =>
      operatorsOf(types[0]!).map((operator, index) => [
        index === 0 ? `**${title}**` : "",
        code(written(operator, operator.spellings[0]!, types[0]!)),
        operator.negatedSpellings.slice(0, 1).map(code).join(""),
        operator.spellings
          .slice(1)
          .map((form) => (form === "" ? "nothing" : code(form)))
          .join(", "),
      ]),
    ),
  );
}

function written(operator: Operator, form: string, type: ValueType): string {
  const behind: Readonly<Record<Operator["operand"], string>> = {
    none: "",
    value: operator.relativeOnly?.includes(type) ? " N days ago" : operator.operandType ? " N" : " X",
    list: " (X, Y)",
    pair: " X and Y",
    duration: " N days",
    period: " November 2026",
    distance: " N days after A",
  };
  return `${form}${behind[operator.operand]}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function limitList(): string {
  return [
    `A sentence has at most ${limits.bytes / 1024} KiB of text, ${limits.conditions} conditions, ${limits.eventConditions} of them on events or measures, parentheses`,
    `${limits.levels} deep, and ${limits.listItems.toLocaleString("en")} values in a list. Each limit has a mistake of its own that names it.`,
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
