// Inside a string that holds a query of the segment language: completion, mistakes and fixes, as the API answers them.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Action, type Diagnostic, linter } from "@codemirror/lint";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { playgroundStrings as strings } from "../en-playground.js";
import { renderDetail } from "../language/editor/completion.js";
import { type Sentence, sentenceAt } from "./sentences.js";
import { askData, type Headers } from "./service.js";

interface Source {
  /** Finds the sentences of the editor's text. */
  readonly sentencesOf: (text: string) => readonly Sentence[];
  readonly headers: () => Headers;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Suggestion {
  readonly label: string;
  readonly documentation: string;
  readonly insert: string;
  readonly replace: Span;
}

interface Mistake {
  readonly severity: "ERROR" | "WARNING" | "HINT";
  readonly message: string;
  readonly span: Span;
  readonly fix: { readonly replacement: string; readonly span: Span } | null;
}

const suggestionsQuery = `query Suggestions($query: String!, $cursor: Int!) {
  segmentQuerySuggestions(query: $query, cursor: $cursor, first: 30) { label documentation insert replace { start end } }
}`;
/** How many sentences of one text are checked. */
const maxChecked = 10;

/** Completion, underlined mistakes and their fixes. */
export function sentenceAssistance(source: Source): Extension {
  // One list: CodeMirror asks a source that it has not seen before again.
  const data = [{ autocomplete: (context: CompletionContext) => complete(source, context) }];
  return [
    EditorState.languageData.of(() => data),
    autocompletion({
      activateOnTypingDelay: 80,
      icons: false,
      addToOptions: [{ render: renderDetail, position: 80 }],
    }),
    linter((view) => mistakes(source, view), { delay: 400 }),
    opensBehindSpaces(source),
  ];
}

/** CodeMirror opens the list only inside words; in a sentence it also opens for the next word. */
function opensBehindSpaces({ sentencesOf }: Source): Extension {
  return EditorView.updateListener.of(({ docChanged, transactions, view, state }) => {
    if (!docChanged || !transactions.some((transaction) => transaction.isUserEvent("input"))) return;
    const { head } = state.selection.main;
    const isBehindSpace = /[\s(,]/.test(state.sliceDoc(Math.max(0, head - 1), head));
    if (isBehindSpace && sentenceAt(sentencesOf(state.doc.toString()), head) !== undefined)
      queueMicrotask(() => startCompletion(view));
  });
}

async function complete(
  { sentencesOf, headers }: Source,
  { state, pos }: CompletionContext,
): Promise<CompletionResult | null> {
  const sentence = sentenceAt(sentencesOf(state.doc.toString()), pos);
  if (sentence === undefined) return null;
  try {
    const { segmentQuerySuggestions: found } = await askData<{
      segmentQuerySuggestions: readonly Suggestion[];
    }>(suggestionsQuery, { query: sentence.text, cursor: sentence.textOf(pos) }, headers());
    return {
      from: pos,
      filter: false,
      options: found.map((suggestion, index) => option(sentence, suggestion, index)),
    };
  } catch {
    // The mistake is underlined, or the server cannot be reached, which a run tells.
    return null;
  }
}

function option(
  sentence: Sentence,
  { label, documentation, insert, replace }: Suggestion,
  index: number,
): Completion {
  return {
    label,
    detail: documentation,
    boost: -index,
    apply: (view) => {
      const isOpen = insert.endsWith("(");
      const isFollowed = /^[\s),\]]/.test(sentence.text.slice(replace.end, replace.end + 1));
      const written = sentence.written(isOpen || isFollowed ? insert : `${insert} `);
      const from = sentence.sourceOf(replace.start);
      view.dispatch({
        changes: { from, to: sentence.sourceOf(replace.end), insert: written },
        selection: { anchor: from + written.length },
        userEvent: "input.complete",
      });
    },
  };
}

const severities = { ERROR: "error", WARNING: "warning", HINT: "hint" } as const;

async function mistakes({ sentencesOf, headers }: Source, view: EditorView): Promise<readonly Diagnostic[]> {
  const { doc } = view.state;
  const sentences = sentencesOf(doc.toString())
    .filter(({ text }) => text.trim() !== "")
    .slice(0, maxChecked);
  if (sentences.length === 0) return [];
  const names = sentences.map((_, index) => `q${index}`);
  const fields = names.map(
    (name) =>
      `${name}: segmentQuery(query: $${name}) { diagnostics { severity message span { start end } fix { replacement span { start end } } } }`,
  );
  const query = `query Check(${names.map((name) => `$${name}: String!`).join(", ")}) { ${fields.join(" ")} }`;
  const variables = Object.fromEntries(sentences.map(({ text }, index) => [names[index]!, text]));
  try {
    const found = await askData<Record<string, { readonly diagnostics: readonly Mistake[] }>>(
      query,
      variables,
      headers(),
    );
    return sentences.flatMap((sentence, index) =>
      found[names[index]!]!.diagnostics.map((mistake) => shown(sentence, mistake, doc)),
    );
  } catch {
    return [];
  }
}

/** @param doc the text in which the mistake was found. */
function shown(sentence: Sentence, { severity, message, span, fix }: Mistake, doc: Text): Diagnostic {
  const from = sentence.sourceOf(span.start);
  return {
    from,
    to: Math.max(from, sentence.sourceOf(span.end)),
    severity: severities[severity],
    message,
    ...(fix === null ? {} : { actions: [fixAction(sentence, fix, doc)] }),
  };
}

function fixAction(
  sentence: Sentence,
  { replacement, span }: NonNullable<Mistake["fix"]>,
  doc: Text,
): Action {
  return {
    name:
      replacement === "" ? `${strings.takeOut} ${sentence.text.slice(span.start, span.end)}` : replacement,
    apply: (view) => {
      // The text has changed meanwhile: the mistake is about to be found anew, or to be gone.
      if (view.state.doc !== doc) return;
      view.dispatch({
        changes: {
          from: sentence.sourceOf(span.start),
          to: sentence.sourceOf(span.end),
          insert: sentence.written(replacement),
        },
        userEvent: "input.fix",
      });
    },
  };
}
