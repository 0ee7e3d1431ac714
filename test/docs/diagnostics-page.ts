// Makes docs/diagnostics.md: every code with its severity, the typed parameters of its message, and what a terminal shows of its
// examples.
import { readFileSync } from "node:fs";
import ts from "typescript";
import type { Severity } from "../../grammar/diagnostic.js";
import { syntaxMessages, treeMessages } from "../../grammar/messages.js";
import { messages } from "../../src/check/messages.js";
import { readQueryTree } from "../../src/check/tree.js";
import { diagnosticsText } from "../../src/cli/query/diagnostics-text.js";
import { unmarked } from "../check/marked.js";
import { examples, treeExamples } from "./diagnostic-examples.js";
import { diagnosticsOf } from "./example-world.js";

const syntaxParameters = parametersIn("../../grammar/messages.ts", "syntaxMessages");
const treeParameters = parametersIn("../../grammar/messages.ts", "treeMessages");
const checkParameters = parametersIn("../../src/check/messages.ts", "messages");

/** The page's text. */
export async function diagnosticsPage(): Promise<string> {
  const bySyntax = await textSections(Object.keys(syntaxMessages));
  const byCheck = await textSections(
    Object.keys(messages).filter((code) => !Object.hasOwn(syntaxMessages, code)),
  );
  const byTree = Object.keys(treeMessages).map((code) => treeSection(code as keyof typeof treeExamples));
  return `${[
    "# Diagnostics",
    "What can be wrong with a query, and what is probably wrong with it: a stable code, how bad it is, the parameters of its message, and for examples what `segmentql check` says of them. A query with several mistakes gets all of them at once. An error has to be mended; with a warning the query is answered. Spans count UTF-16 units from 0, and lines and columns from 1; `fix` puts its replacement where its span is, which is what `try:` shows.",
    "The examples are of a shop with the metadata `age` (number), `vip` (true/false), `tags` (a list of texts) and others, the event `login`, and a few segments. This page is made from the code by `npm run docs`.",
    "## Of what the text can be",
    ...bySyntax,
    "## Of what it means",
    ...byCheck,
    "## Of a tree from outside",
    "A tree that is given instead of a text gets the diagnostics above, with `path`, the place in the tree as a JSON Pointer; and these, for whoever makes the form that it comes from.",
    ...byTree,
  ].join("\n\n")}\n`;
}

function textSections(codes: readonly string[]): Promise<readonly string[]> {
  return Promise.all(codes.map((code) => textSection(code as keyof typeof examples)));
}

async function textSection(code: keyof typeof examples): Promise<string> {
  const severity = code in messages ? messages[code as keyof typeof messages].severity : "ERROR";
  const parameters = [syntaxParameters.get(code), checkParameters.get(code)].filter(
    (found, index, all) => found !== undefined && all.indexOf(found) === index,
  );
  const shown: string[] = [];
  for (const text of examples[code]) {
    const source = unmarked(text);
    shown.push(diagnosticsText(source, await diagnosticsOf(source, code === "NO_SUCH_VALUE"), false));
  }
  return section(code, severity, parameters.join("; or "), shown.join("\n\n"));
}

function treeSection(code: keyof typeof treeExamples): string {
  const { tree } = treeExamples[code];
  const [diagnostic] = readQueryTree(tree).diagnostics ?? [];
  const written = JSON.stringify(tree);
  const shown = written.length > 400 ? `${written.slice(0, 90)}…` : written;
  return section(
    code,
    "ERROR",
    treeParameters.get(code) ?? "",
    `${shown}\n\nerror: ${diagnostic?.message} [${code}, ${diagnostic?.path || "the whole tree"}]`,
  );
}

const severityWords: Readonly<Record<Severity, string>> = {
  ERROR: "Error.",
  WARNING: "Warning.",
  HINT: "Hint.",
};

function section(code: string, severity: Severity, parameters: string, shown: string): string {
  const taken = parameters === "" ? "" : ` Parameters: ${parameters}.`;
  return `### ${code}\n\n${severityWords[severity]}${taken}\n\n\`\`\`text\n${shown}\n\`\`\``;
}

/** The parameters of each message of a table, as its source has them. */
function parametersIn(file: string, table: string): ReadonlyMap<string, string> {
  const source = readFileSync(new URL(file, import.meta.url), "utf8");
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === table && node.initializer) {
      for (const property of entriesOf(node.initializer))
        found.set(property.name.getText(), ofMessage(property));
    } else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

function entriesOf(node: ts.Node): readonly ts.PropertyAssignment[] {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return entriesOf(node.expression);
  return ts.isObjectLiteralExpression(node) ? node.properties.filter(ts.isPropertyAssignment) : [];
}

/** `` `written: string`, `suggestion: string | undefined` ``. */
function ofMessage(property: ts.PropertyAssignment): string {
  let call: ts.Node = property.initializer;
  if (ts.isCallExpression(call)) call = call.arguments[0] ?? call;
  if (!ts.isArrowFunction(call)) throw new Error(`${property.name.getText()} is no message.`);
  return call.parameters.map((parameter) => `\`${parameter.getText()}\``).join(", ");
}
