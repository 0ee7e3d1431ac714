// Validates the computed attributes of a definition: their names and their expressions.
import { catalogOf, resolveName } from "../catalog/catalog.js";
import { parseExpression } from "../catalog/computed.js";
import type { Catalog } from "../catalog/model.js";
import { checkExpressionOf } from "../check/check.js";
import type { ProjectDocument } from "../documents/documents.js";
import { normaliseText } from "../plan/text.js";
import { ProjectError } from "../projects/projects.js";

/** The most computed attributes of a project. */
const maxComputed = 100;

const clauseWords =
  /(?:^|\s)(?:where|within|since|before|after|between|on|during|today|yesterday|tomorrow|exactly|once|twice|times?|then|with|and|or|not|is|of|in the last|in last|at least|at most|more than|less than|(?:this|last|previous|next) (?:calendar )?(?:week|month|quarter|year))(?=\s|$)/i;

/**
 * @param asOf an instant at which the expressions are checked, in milliseconds since the epoch.
 * @throws ProjectError naming every mistake.
 */
export function refuseWrongComputed(definition: ProjectDocument, asOf: number): void {
  const computed = Object.entries(definition.computed ?? {});
  if (computed.length === 0) return;
  const { computed: _own, ...others } = definition;
  const plain = catalogOf(others);
  const catalog = catalogOf(definition);
  const defined = new Set(computed.map(([name]) => comparableName(name)));
  const seen = new Map<string, string>();
  const mistakes = computed.flatMap(([name, text]): readonly string[] => {
    const key = comparableName(name);
    const same = seen.get(key);
    seen.set(key, name);
    const mistake =
      (same === undefined ? nameMistake(name, plain) : `it has the name of "${same}"; choose another`) ??
      expressionMistake(name, text, { catalog, defined, asOf });
    return mistake === undefined ? [] : [`  computed.${name}: ${mistake}`];
  });
  if (computed.length > maxComputed) mistakes.push(`  computed: at most ${maxComputed} attributes`);
  if (mistakes.length === 0) return;
  throw new ProjectError(`The project's definition can't be used.\n${mistakes.join("\n")}`);
}

function nameMistake(name: string, plain: Catalog): string | undefined {
  if (/[`"\r\n]/.test(name)) return "a name has no quotes or line breaks in it";
  if (resolveName(plain, name) !== undefined || resolveName(plain, `\`${name}\``) !== undefined)
    return `there is an attribute "${name}" already; choose another name`;
  const word = clauseWords.exec(name)?.[0].trim();
  return word === undefined
    ? undefined
    : `a name can't have \`${word}\` in it, which begins a clause of conditions`;
}

function expressionMistake(
  name: string,
  text: string,
  {
    catalog,
    defined,
    asOf,
  }: { readonly catalog: Catalog; readonly defined: ReadonlySet<string>; readonly asOf: number },
): string | undefined {
  const expression = parseExpression(text);
  if (expression === undefined) {
    return `\`${text}\` is no measure, figure or attribute. Write one without a comparison, as \`sum of amount of order\``;
  }
  const isFound = catalog.attributes.some(({ computed }) => computed?.name === name);
  // If the expression names a defined attribute and the catalogue still lacks this one, the definitions are circular.
  const isCircle =
    !isFound && expression.kind === "Comparison" && defined.has(comparableName(expression.attribute.text));
  if (isCircle) return "its expression names itself, or an attribute whose expression leads back to it";
  const message = checkExpressionOf(catalog, text, asOf);
  if (message !== undefined) return message;
  return isFound ? undefined : "its expression names an attribute that there is not";
}

/** The comparable form of a name: without backticks and the prefix `computed.`. */
function comparableName(name: string): string {
  return normaliseText(name.replaceAll("`", "").replace(/[._\s]+/g, " ")).replace(/^computed /, "");
}
