// Defines, renames and removes the computed attributes of a project, with regard to the segments that use them.
import { catalogOf, resolveName } from "../catalog/catalog.js";
import { parseQuery } from "../catalog/language.js";
import type { Catalog } from "../catalog/model.js";
import { quoteName } from "../catalog/quote-name.js";
import type { ProjectDocument, SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { namedAs } from "../facts/typed-values.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { findDefinedProject, newProject, ProjectError } from "../projects/projects.js";
import { namesOf, readSegments } from "../query/catalog.js";
import { answerPlan } from "../query/preview.js";
import { changeQuery } from "../segments/auto-update.js";
import { checkSaved } from "../segments/saved-query.js";
import { refuseWrongComputed } from "./computed.js";
import { defineProject } from "./define.js";

type Expressions = Readonly<Record<string, string>>;

/** How the members of a segment would change. */
export interface AttributeImpact {
  readonly segment: SegmentDocument;
  /** The number of members now, and after the change. */
  readonly before: number;
  readonly after: number;
  readonly entering: number;
  readonly leaving: number;
}

/**
 * How another expression of an attribute would change the members of each segment whose query depends on it. Changes nothing.
 * @throws ProjectError if the definition would be refused.
 */
export async function attributeImpact(
  engine: Engine,
  project: string,
  name: string,
  expression: string,
): Promise<readonly AttributeImpact[]> {
  const before = await definitionOf(engine, project);
  const computed = before.computed ?? {};
  const after = { ...before, computed: { ...computed, [storedName(computed, name)]: expression } };
  const asOf = engine.clock();
  refuseWrongComputed(after, asOf);
  const segments = await readSegments(engine, project);
  const names = namesOf(segments);
  const [present, next] = [catalogOf(before, names), catalogOf(after, names)];
  const impacts: AttributeImpact[] = [];
  for (const segment of segments) {
    const { query, state, segment_id } = segment;
    if (query === undefined || state !== "active") continue;
    const [old, other] = [present, next].map((catalog) => checkSaved(query, catalog, asOf, segment_id).plan);
    if (old === undefined || other === undefined) continue;
    if (JSON.stringify(old.where) === JSON.stringify(other.where)) continue;
    const count = (plan: Plan): Promise<number> =>
      answerPlan(engine, plan, query.canonical, { now: asOf }).count();
    impacts.push({
      segment,
      before: await count(old),
      after: await count(other),
      entering: await count(without(other, old)),
      leaving: await count(without(old, other)),
    });
  }
  return impacts;
}

function without(one: Plan, other: Plan): Plan {
  const outside: PlanNode = { kind: "not", operand: other.where };
  return { ...one, where: { kind: "and", operands: [one.where, outside] } };
}

/**
 * Defines an attribute, or changes its expression; segments that depend on it are maintained by the new expression from then on.
 * @throws ProjectError if the name or the expression is invalid, or the query of a segment would become invalid.
 */
export async function defineAttribute(
  engine: Engine,
  project: string,
  name: string,
  expression: string,
): Promise<ProjectDocument> {
  const { computed = {} } = await definitionOf(engine, project);
  return defineProject(engine, project, { computed: { [storedName(computed, name)]: expression } });
}

/**
 * Removes an attribute.
 * @throws ProjectError if it does not exist or is in use; the message names its users.
 */
export async function removeAttribute(
  engine: Engine,
  project: string,
  name: string,
): Promise<ProjectDocument> {
  const definition = await definitionOf(engine, project);
  const { computed = {} } = definition;
  const known = requiredName(computed, name);
  const segments = await readSegments(engine, project);
  const catalog = catalogOf(definition, namesOf(segments));
  const users = [
    ...Object.entries(computed)
      .filter(([other, text]) => other !== known && usesIn(`${text} is known`, catalog, known).length > 0)
      .map(([other]) => `the attribute "${other}"`),
    ...segments
      .filter(({ query, state }) => state === "active" && query !== undefined)
      .filter(({ query }) => usesIn(query!.canonical, catalog, known).length > 0)
      .map((segment) => `the segment "${segment.name}"`),
  ];
  if (users.length > 0) {
    const named = users.slice(0, 5).join(", ");
    const rest = users.length > 5 ? ` and ${users.length - 5} more` : "";
    throw new ProjectError(`"${known}" is used by ${named}${rest}. Change these first.`);
  }
  const { [known]: _removed, ...others } = computed;
  return defineProject(engine, project, {}, { computed: others });
}

/**
 * Renames an attribute, also in the queries and the expressions that use it. While these are changed, it has both names:
 * repeating an interrupted rename completes it.
 * @throws ProjectError if there is no such attribute, or the new name is refused.
 */
export async function renameAttribute(
  engine: Engine,
  project: string,
  name: string,
  newName: string,
): Promise<ProjectDocument> {
  const definition = await definitionOf(engine, project);
  const { computed = {} } = definition;
  const known = requiredName(computed, name);
  if (known === newName) return definition;
  const isRespelled = namedAs([known], newName) !== undefined;
  if (!isRespelled) {
    const other = namedAs(Object.keys(computed), newName);
    // An interrupted rename leaves the same expression under the new name.
    if (other !== undefined && computed[other] !== computed[known])
      throw new ProjectError(`There is an attribute "${other}" already. Choose another name.`);
    await defineProject(engine, project, { computed: { [newName]: computed[known]! } });
  }
  const segments = await readSegments(engine, project);
  const catalog = catalogOf(definition, namesOf(segments));
  const renamed = (text: string): string => withName(text, usesIn(text, catalog, known), newName);
  if (!isRespelled) {
    for (const { query, state, segment_id } of segments) {
      if (query === undefined || state !== "active") continue;
      const text = renamed(query.canonical);
      if (text === query.canonical) continue;
      await changeQuery(engine, project, segment_id, text, async (_, segment) => segment);
    }
  }
  const after = Object.entries((await definitionOf(engine, project)).computed ?? {})
    .filter(([other]) => other !== known && other !== newName)
    .map(([other, text]): readonly [string, string] => [
      other,
      expressionOf(renamed(`${text}${comparison}`)),
    ]);
  return defineProject(
    engine,
    project,
    {},
    { computed: Object.fromEntries([...after, [newName, computed[known]!]]) },
  );
}

/** The comparison that turns an expression into a query. */
const comparison = " is known";
const expressionOf = (text: string): string => text.slice(0, -comparison.length);

async function definitionOf(engine: Engine, project: string): Promise<ProjectDocument> {
  return (await findDefinedProject(engine, project)) ?? newProject(project);
}

function storedName(computed: Expressions, name: string): string {
  return namedAs(Object.keys(computed), name) ?? name;
}

function requiredName(computed: Expressions, name: string): string {
  const known = namedAs(Object.keys(computed), name);
  if (known !== undefined) return known;
  const names = Object.keys(computed).map((each) => `"${each}"`);
  throw new ProjectError(
    `The project defines no attribute "${name}"${names.length === 0 ? "" : `; it defines ${names.join(", ")}`}.`,
  );
}

/** A place where an attribute is named, and the words to write before the name. */
interface Use extends Place {
  readonly before: string;
}

/** The places where a query names a computed attribute. */
function usesIn(text: string, catalog: Catalog, name: string): readonly Use[] {
  const { tree } = parseQuery(text);
  const canonical = `computed.${quoteName(name)}`;
  const found: Use[] = [];
  const isNamed = (words: string): boolean => resolveName(catalog, words)?.attribute.name === canonical;
  walk(tree, false, (words, { start, end }, before) => {
    if (isNamed(words)) found.push({ start, end, before });
  });
  return found;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

type Visit = (words: string, span: Place, before: string) => void;

interface TreeNode {
  readonly kind?: string;
  readonly text?: string;
  readonly attribute?: unknown;
  readonly form?: string;
  readonly operator?: { readonly name: string };
  readonly operands?: readonly TreeNode[];
  readonly span?: Place;
}

/** Visits every name of a customer's attribute. Inside a `where`, names are properties, and only values can be attributes. */
function walk(node: unknown, inWhere: boolean, visit: Visit): void {
  if (Array.isArray(node)) {
    for (const each of node) walk(each, inWhere, visit);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { kind, text, attribute, form, operator, operands, span } = node as TreeNode;
  if (kind === "Name" && !inWhere && text !== undefined && span !== undefined) visit(text, span, "");
  if (kind === "Value" && typeof attribute === "string" && span !== undefined)
    visit(attribute, span, "customer's ");
  const anchor = form === "within" || operator?.name === "within" ? operands?.[2] : undefined;
  if (anchor?.text !== undefined && anchor.attribute === undefined && anchor.span !== undefined)
    visit(anchor.text, anchor.span, "");
  for (const [key, part] of Object.entries(node))
    if (key !== "span") walk(part, inWhere || key === "where", visit);
}

function withName(text: string, uses: readonly Use[], name: string): string {
  return uses
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (changed, { start, end, before }) =>
        `${changed.slice(0, start)}${before}computed.${quoteName(name)}${changed.slice(end)}`,
      text,
    );
}
