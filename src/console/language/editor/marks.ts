// Shows the worker's answer in the editor: colours, the parts that can be changed, and mistakes.
import { diagnosticCount, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { type EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Analysis, Diagnostic, Part } from "../protocol.js";

/** Passes an analysis to the editor; it applies only while the text is still the one that it describes. */
export const setAnalysis = StateEffect.define<Analysis>();

interface Seen {
  readonly analysis?: Analysis;
  readonly decorations: DecorationSet;
}

/** The newest analysis, and its colours, which move with the text until the next one comes. */
export const seenField = StateField.define<Seen>({
  create: () => ({ decorations: Decoration.none }),
  update: (seen, transaction) => {
    for (const effect of transaction.effects) {
      if (effect.is(setAnalysis) && effect.value.text === transaction.newDoc.toString())
        return { analysis: effect.value, decorations: decorate(effect.value) };
    }
    if (!transaction.docChanged) return seen;
    return { decorations: seen.decorations.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
});

function decorate(analysis: Analysis): DecorationSet {
  const parts = new Set(analysis.parts.map(({ from }) => from));
  const ranges = analysis.tokens
    .filter(({ from, to }) => to > from)
    .map(({ from, to, role }) =>
      Decoration.mark({ class: `q-${role}${parts.has(from) ? " q-part" : ""}` }).range(from, to),
    );
  return Decoration.set(ranges, true);
}

/** The part at a place, if there is one and the analysis describes the present text. */
export function partAt(state: EditorState, position: number): Part | undefined {
  const { analysis } = state.field(seenField);
  return analysis?.parts.find(({ from, to }) => from <= position && position <= to);
}

/** True of a mistake that is shown now: while the user types, not one that the cursor is in. */
function isReported({ span }: Diagnostic, cursor: number, isTyping: boolean): boolean {
  return !isTyping || cursor < span.start || cursor > span.end;
}

/**
 * Underlines the mistakes of an analysis, each with its fix as an action, and returns those.
 * @param effects what else changes, in the same update of the view.
 */
export function markMistakes(
  view: EditorView,
  analysis: Analysis,
  isTyping: boolean,
  effects: readonly StateEffect<unknown>[],
): readonly Diagnostic[] {
  const cursor = view.state.selection.main.head;
  const { length } = view.state.doc;
  if (analysis.text !== view.state.doc.toString()) return [];
  const reported = analysis.diagnostics.filter(
    (diagnostic) => analysis.text.trim() !== "" && isReported(diagnostic, cursor, isTyping),
  );
  const isMarked = reported.length > 0 || diagnosticCount(view.state) > 0;
  const marks = isMarked
    ? setDiagnostics(
        view.state,
        reported.map((diagnostic) => markOf(diagnostic, length)),
      )
    : {};
  if (isMarked || effects.length > 0) view.dispatch({ effects }, marks);
  return reported;
}

function markOf({ span, severity, message, fix }: Diagnostic, length: number): Mark {
  // Something missing at the end of the text is marked on its last letter.
  const from = span.start === span.end ? Math.max(0, Math.min(span.start, length) - 1) : span.start;
  return {
    from,
    to: Math.min(length, Math.max(span.end, from + 1)),
    severity: severity === "ERROR" ? "error" : "warning",
    message,
    actions:
      fix === undefined
        ? []
        : [
            {
              name: mendLabel(fix.replacement),
              apply: (view) => mend(view, fix.span.start, fix.span.end, fix.replacement),
            },
          ],
  };
}

/** The label of a fix's button. */
function mendLabel(replacement: string): string {
  return replacement === "" ? "Take it out" : replacement.trim();
}

/** Applies a fix to the text. */
export function mend(view: EditorView, from: number, to: number, insert: string): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.mend",
  });
  view.focus();
}

/** Applies the fix of the first mistake at or after the cursor, else of the first of all; false if none has a fix. */
export function mendNext(view: EditorView): boolean {
  const { analysis } = view.state.field(seenField);
  const cursor = view.state.selection.main.head;
  const mendable = analysis?.diagnostics.filter(({ fix }) => fix !== undefined) ?? [];
  const chosen = mendable.find(({ span }) => span.end >= cursor) ?? mendable[0];
  if (chosen?.fix === undefined) return false;
  const { span, replacement } = chosen.fix;
  mend(view, span.start, span.end, replacement);
  return true;
}
