// Completion from the worker's suggestions, with values of the data if one can be written at the cursor.
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Language } from "../connection.js";
import type { FoundValue, Suggestion, WantedValues } from "../protocol.js";

/** The sources of completion. */
export interface CompletionSource {
  readonly language: Language;
  /** The instant of the page, in milliseconds since the epoch. */
  readonly asOf: () => number;
  /** Values of the data; none if no service is available. */
  readonly values: (wanted: WantedValues) => Promise<readonly FoundValue[]>;
}

const most = 40;
/** How long a list waits for values of the data, in milliseconds: after that it opens without them. */
const patienceMs = 250;

/** Suggestions that open by themselves as one types, also after a space. */
export function sentenceCompletion(source: CompletionSource): Extension {
  return [
    autocompletion({
      override: [(context) => complete(source, context)],
      activateOnTypingDelay: 30,
      icons: false,
      maxRenderedOptions: most,
      optionClass: ({ type }) => `q-option q-option-${type ?? "keyword"}`,
      addToOptions: [{ render: renderDetail, position: 80 }],
    }),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    opensBehindSpaces,
  ];
}

/** CodeMirror opens the list only inside words; here it also opens for the next word. */
const opensBehindSpaces = EditorView.updateListener.of(({ docChanged, transactions, view, state }) => {
  if (!docChanged || !transactions.some((transaction) => transaction.isUserEvent("input"))) return;
  const { head } = state.selection.main;
  if (/[\s(,]/.test(state.sliceDoc(Math.max(0, head - 1), head))) queueMicrotask(() => startCompletion(view));
});

async function complete(
  { language, asOf, values }: CompletionSource,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const cursor = context.pos;
  try {
    const wanted = await language.wantedValues(text, cursor);
    const found = wanted === undefined ? [] : await inTime(values(wanted));
    if (context.aborted) return null;
    const suggestions = await language.suggest(text, cursor, asOf(), most, found);
    const [first] = suggestions;
    if (first === undefined || context.aborted) return null;
    return {
      from: cursor,
      filter: false,
      options: suggestions.map((suggestion, index) => option(suggestion, index)),
    };
  } catch {
    // A text that is too long has no suggestions; the checker says why.
    return null;
  }
}

function inTime(values: Promise<readonly FoundValue[]>): Promise<readonly FoundValue[]> {
  return Promise.race([
    values.catch(() => []),
    new Promise<readonly FoundValue[]>((resolve) => setTimeout(() => resolve([]), patienceMs)),
  ]);
}

function option({ label, kind, documentation, insert, replace }: Suggestion, index: number): Completion {
  return {
    label,
    type: kind.toLowerCase(),
    detail: documentation,
    boost: -index,
    apply: (view) => {
      const { end } = replace;
      // The next word is typed after a space.
      const isOpen = insert.endsWith("(");
      const next = view.state.sliceDoc(end, end + 1);
      const text = isOpen || /^[\s),\]]/.test(next) ? insert : `${insert} `;
      view.dispatch({
        changes: { from: replace.start, to: end, insert: text },
        selection: { anchor: replace.start + text.length },
        userEvent: "input.complete",
      });
    },
  };
}

/** The line of documentation beside a suggestion. */
export function renderDetail(completion: Completion): Node {
  const element = document.createElement("span");
  element.className = "q-option-detail";
  element.textContent = completion.detail ?? "";
  return element;
}
