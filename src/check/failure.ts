// What a rule returns if it fails: what is wrong, where, and about what. mistakes/ finds the common mistake that caused it.
import type { Diagnostic, Fix, Span } from "../../grammar/diagnostic.js";
import { shortened } from "../../grammar/messages.js";
import type { Expression, Value } from "../../grammar/tree.js";
import { type Code, messages } from "./messages.js";
import type { Named, Operation, Wanted, WantedOperands } from "./scope.js";

type ParametersOf<Name extends Code> = Parameters<(typeof messages)[Name]["text"]>;

/** What a failure is about, as far as its rule knows. */
export interface About {
  /** The whole condition. */
  readonly condition?: Expression;
  readonly named?: Named;
  readonly operation?: Operation;
  /** The value that is wrong. */
  readonly value?: Value;
  /** What that value was read for. */
  readonly wanted?: Wanted | WantedOperands;
}

/** One thing that is wrong: the diagnostic that is reported if no common mistake explains it better. */
export interface Failure {
  readonly code: Code;
  readonly parameters: readonly unknown[];
  readonly span: Span;
  readonly expected: readonly string[];
  readonly about: About;
}

/** The result of a rule that fails. Without failures, the mistake was reported already. */
export class Failed {
  constructor(
    readonly failures: readonly Failure[],
    /** Diagnostics of a segment that the condition names. */
    readonly diagnosed: readonly Diagnostic[] = [],
  ) {}
}

interface Details extends About {
  readonly expected?: readonly string[];
}

/** A failure of one code, with the parameters that its message takes. */
export function fail<Name extends Code>(
  code: Name,
  parameters: ParametersOf<Name>,
  span: Span,
  { expected = [], ...about }: Details = {},
): Failed {
  return new Failed([{ code, parameters, span, expected, about }]);
}

/** All failures of those results that failed; undefined if none did. */
export function allFailed(results: readonly unknown[]): Failed | undefined {
  const failed = results.filter((result) => result instanceof Failed);
  if (failed.length === 0) return undefined;
  return new Failed(
    failed.flatMap(({ failures }) => failures),
    failed.flatMap(({ diagnosed }) => diagnosed),
  );
}

/** The same failures, with more about their subject. */
export function aboutMore(failed: Failed, more: About): Failed {
  return new Failed(
    failed.failures.map((failure) => ({ ...failure, about: { ...more, ...failure.about } })),
    failed.diagnosed,
  );
}

interface More {
  readonly expected?: readonly string[];
  readonly fix?: Fix | undefined;
}

/** A diagnostic of a code, with the parameters that its message takes. */
export function diagnostic<Name extends Code>(
  code: Name,
  parameters: ParametersOf<Name>,
  span: Span,
  { expected = [], fix }: More = {},
): Diagnostic {
  const { severity, text } = messages[code];
  const message = (text as (...values: unknown[]) => string)(...parameters.map(shortened));
  return { code, severity, message, span, expected, ...(fix === undefined ? {} : { fix }) };
}

/** The diagnostic of a failure that no common mistake explains. */
export function plainDiagnostic({ code, parameters, span, expected }: Failure): Diagnostic {
  return diagnostic(code, parameters as ParametersOf<Code>, span, { expected });
}
