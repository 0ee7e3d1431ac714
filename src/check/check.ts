// Tree and catalogue to plan, or to everything that is wrong. Reports all mistakes at once, each at its place.
import type { Diagnostic, Fix, Span } from "../../grammar/diagnostic.js";
import { createFormatter } from "../../grammar/format.js";
import { limits } from "../../grammar/limits.js";
import { Source } from "../../grammar/source.js";
import type { LanguageVersion, Query } from "../../grammar/tree.js";
import { parseQuery } from "../catalog/language.js";
import type { Catalog } from "../catalog/model.js";
import { operators } from "../operators/index.js";
import { depthOf, maxDepth } from "../plan/depth.js";
import type { Plan } from "../plan/plan.js";
import { unstorableIn } from "../plan/unstorable.js";
import type { CheckedQuery, ReadQuery } from "./checked-query.js";
import { bindComputed } from "./computed.js";
import { type Checked, checkExpression } from "./expression.js";
import { diagnostic } from "./failure.js";
import { newNesting, tooDeep } from "./membership.js";
import { errorsAmong, firstSeparate, type Mending, mendingOf } from "./mends.js";
import { readSynonyms } from "./mistakes/synonyms.js";
import { otherMends } from "./mistakes/syntax.js";
import { type AskedValue, nothingAround, type Scope } from "./scope.js";

export { type CheckedQuery, parseQuery };

/** Prints a tree in the language's one form, names as they are. */
export const formatQuery = createFormatter(operators);

/**
 * Parses and checks a text against a catalogue, at one instant.
 * @param asOf milliseconds since the epoch; the same for every part of the query.
 * @param version the version of the language that the text is written in; by default the latest.
 * @param ofSegment the id of the segment whose query it is: it can't name that segment, directly or through other segments.
 */
export function checkQuery(
  text: string,
  catalog: Catalog,
  asOf: number,
  ofSegment?: string,
  version?: LanguageVersion,
): CheckedQuery {
  const parsed = parseQuery(text, version);
  const plain = checkText(text, parsed, catalog, asOf, { ofSegment });
  // Common mistakes are looked for only in a text with a diagnostic.
  return plain.diagnostics.length === 0
    ? checkedQuery(plain, catalog, asOf)
    : explained(text, parsed, plain, catalog, asOf, ofSegment);
}

/**
 * The check of a text with its diagnostics explained by common mistakes and with fixes that have been tried; or of what is surely
 * meant by it.
 */
function explained(
  text: string,
  parsed: ReturnType<typeof parseQuery>,
  plain: ReturnType<typeof checkText>,
  catalog: Catalog,
  asOf: number,
  ofSegment: string | undefined,
): CheckedQuery {
  const { version } = parsed.tree;
  const errorsOf = (mended: string) =>
    mended === text
      ? spansOfErrors(plain)
      : spansOfErrors(checkText(mended, parseQuery(mended, version), catalog, asOf, { ofSegment }));
  const reportedIn = (mended: string) =>
    checkText(mended, parseQuery(mended, version), catalog, asOf, {
      ofSegment,
      mending: mendingOf(mended, errorsOf),
    }).diagnostics;
  const offeredIn = (mended: string) =>
    checkText(mended, parseQuery(mended, version), catalog, asOf, {
      ofSegment,
      mending: mendingOf(mended, errorsOf, reportedIn),
    }).diagnostics;
  const mending = mendingOf(text, errorsOf, reportedIn, offeredIn);
  const synonyms = new Set<Fix>();
  const checked = checkedQuery(
    checkText(text, parsed, catalog, asOf, { ofSegment, mending, synonyms }),
    catalog,
    asOf,
  );
  if (checked.plan !== undefined) return checked;
  const meant = readSynonyms(text, checked, synonyms, (words) =>
    checkedQuery(
      checkText(words, parseQuery(words, version), catalog, asOf, {
        ofSegment,
        mending: mendingOf(words, errorsOf, reportedIn, offeredIn),
      }),
      catalog,
      asOf,
    ),
  );
  return meant === undefined ? checked : new ValidQuery(meant);
}

function spansOfErrors({ diagnostics }: ReturnType<typeof checkText>): readonly Span[] {
  return errorsAmong(diagnostics).map(({ span }) => span);
}

export interface CheckOptions {
  readonly ofSegment?: string | undefined;
  /** True of a saved query: a range that time has turned upside down is empty, with a warning. */
  readonly isSaved?: boolean;
}

/**
 * Checks a text that is parsed already, for example to check it as of many instants. Its diagnostics offer no fixes.
 * @param parsed what `parseQuery` returned for the text.
 */
export function checkParsed(
  text: string,
  parsed: ReturnType<typeof parseQuery>,
  catalog: Catalog,
  asOf: number,
  options: CheckOptions = {},
): CheckedQuery {
  return checkedQuery(checkText(text, parsed, catalog, asOf, options), catalog, asOf);
}

function checkedQuery(
  { tree, checked, diagnostics, asked }: ReturnType<typeof checkText>,
  catalog: Catalog,
  asOf: number,
): CheckedQuery {
  if (checked === undefined || errorsAmong(diagnostics).length > 0) return { tree, diagnostics, asked };
  const plan: Plan = { version: 1, project: catalog.project, asOf, where: checked.plan };
  return new ValidQuery({ tree, diagnostics, asked, plan, checked });
}

/**
 * A query without errors. Its canonical form is printed on demand: at every key press, an editor needs only the diagnostics. (A
 * getter in an object literal would give each query a hidden class of its own, which keeps the query in memory.)
 */
class ValidQuery {
  #canonical: string | undefined;

  readonly tree: Query;
  readonly meant: Query | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly asked: readonly AskedValue[];
  readonly plan: Plan;
  readonly checked: Checked;

  constructor({ tree, meant, diagnostics, asked, plan, checked }: Omit<ReadQuery, "canonical">) {
    this.tree = tree;
    this.meant = meant;
    this.diagnostics = diagnostics;
    this.asked = asked;
    this.plan = plan;
    this.checked = checked;
  }

  get canonical(): string {
    this.#canonical ??= formatQuery({ ...(this.meant ?? this.tree), expression: this.checked.canonical });
    return this.#canonical;
  }
}

/**
 * Parses and checks. With `mending`, every fix that is offered has been tried; without it, common mistakes are not looked for.
 */
function checkText(
  text: string,
  { tree, diagnostics: syntax }: ReturnType<typeof parseQuery>,
  catalog: Catalog,
  asOf: number,
  {
    ofSegment,
    isSaved = false,
    mending,
    synonyms,
  }: CheckOptions & { readonly mending?: Mending; readonly synonyms?: Set<Fix> },
) {
  const source = new Source(text);
  const asked: AskedValue[] = [];
  const unbound: Scope = {
    catalog,
    asOf,
    isSaved,
    diagnostics: [...syntax],
    source,
    segments: newNesting(ofSegment),
    asked,
    syntax,
    around: nothingAround,
    mending,
    synonyms,
  };
  const bound = bindComputed(unbound);
  const scope: Scope = bound === catalog ? unbound : { ...unbound, catalog: bound };
  const refused = unstorableIn(text);
  if (refused !== undefined) {
    const span = source.span(refused.at, refused.at + 1);
    scope.diagnostics.push(
      diagnostic("UNSTORABLE_TEXT", [refused.what], span, { fix: { replacement: "", span } }),
    );
  }
  const checked = checkExpression(scope, tree.expression);
  if (checked !== undefined && depthOf(checked.simple.node) > maxDepth)
    scope.diagnostics.push(tooDeep(scope, tree.expression));
  // What was taken for the consequence of another mistake is reported if there is no other.
  if (checked === undefined && mending !== undefined && errorsAmong(scope.diagnostics).length === 0)
    return checkText(text, { tree, diagnostics: syntax }, catalog, asOf, { ofSegment, isSaved });
  if (scope.diagnostics.length === 0) return { tree, checked, diagnostics: scope.diagnostics, asked };
  const found = bounded(scope.diagnostics);
  const mended = mending === undefined ? found : withCheckedFixes(found, mending, source);
  const diagnostics = mended.toSorted((one, other) => one.span.start - other.span.start);
  return { tree, checked, diagnostics, asked };
}

/** The diagnostics, each with the first fix that passes its trial, or without one. */
function withCheckedFixes(
  diagnostics: readonly Diagnostic[],
  mending: Mending,
  source: Source,
): readonly Diagnostic[] {
  const errors = errorsAmong(diagnostics).length;
  const offered: readonly Diagnostic[] = diagnostics.map(({ fix: own, ...one }) => {
    const fix = [...otherMends(one, source), ...(own === undefined ? [] : [own])].find((each) =>
      one.severity === "WARNING" ? mending.keeps(each, errors) : mending.leavesFewer(each, errors),
    );
    return fix === undefined ? one : { ...one, fix };
  });
  const shown = withoutNeedless(offered, mending);
  return leadsOn(shown, mending) ? shown : withFirstFix(shown);
}

/**
 * The diagnostics without those that the fix of an error mends along with its own, in the words that it replaces; as long as the fix
 * leaves fewer errors than are shown.
 */
function withoutNeedless(offered: readonly Diagnostic[], mending: Mending): readonly Diagnostic[] {
  let shown = offered;
  for (const one of errorsAmong(offered)) {
    const { fix } = one;
    if (fix === undefined || !shown.includes(one)) continue;
    const needed = shown.filter((other) => other === one || !mending.makesNeedless(fix, other));
    if (needed.length < shown.length && mending.leavesFewer(fix, errorsAmong(needed).length)) shown = needed;
  }
  return shown;
}

/** False if each of several errors has a fix, and these fixes together lead to no valid text. */
function leadsOn(offered: readonly Diagnostic[], mending: Mending): boolean {
  const errors = errorsAmong(offered);
  const fixes = firstSeparate(errors.flatMap(({ fix }) => fix ?? []));
  if (errors.length < 2 || fixes.length < errors.length) return true;
  return mending.together(offered.toSorted((one, other) => one.span.start - other.span.start));
}

/** The errors with only the first one's fix: once it is accepted, the others are looked for again. */
function withFirstFix(offered: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first] = errorsAmong(offered).toSorted((one, other) => one.span.start - other.span.start);
  return offered.map((one) => {
    if (one.severity !== "ERROR" || one === first) return one;
    const { fix: _withheld, ...rest } = one;
    return rest;
  });
}

/** At most as many diagnostics as anyone reads; errors take precedence over warnings. */
function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= limits.diagnostics) return diagnostics;
  return diagnostics
    .toSorted((one, other) => one.severity.localeCompare(other.severity))
    .slice(0, limits.diagnostics);
}

/** What is wrong with an expression, in words; undefined if it is right. */
export function checkExpressionOf(catalog: Catalog, text: string, asOf: number): string | undefined {
  const words = `${text} is known`;
  const { diagnostics } = checkParsed(words, parseQuery(words), catalog, asOf);
  return diagnostics.find(({ severity }) => severity === "ERROR")?.message;
}
