// The editor of a sentence: CodeMirror with the language's colours, completion, diagnostics with fixes, hover and formatting, all
// answered by the language worker. It is independent of the rest of the console.
import { closeCompletion, completionStatus, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintKeymap } from "@codemirror/lint";
import {
  Compartment,
  EditorState,
  type Extension,
  Prec,
  type StateEffect,
  Transaction,
} from "@codemirror/state";
import { EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import type { Language } from "../connection.js";
import type { Analysis, Diagnostic, FoundValue, Part, WantedValues } from "../protocol.js";
import { sentenceCompletion } from "./completion.js";
import { sentenceHover } from "./hover.js";
import { markMistakes, mendNext, partAt, seenField, setAnalysis } from "./marks.js";

export interface SentenceEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly language: Language;
  /** The instant that relative dates refer to, in milliseconds since the epoch. */
  readonly asOf: () => number;
  /** Values of the data for completion. */
  readonly values?: (wanted: WantedValues) => Promise<readonly FoundValue[]>;
  /** The accessible name. */
  readonly label: string;
  readonly placeholder?: string;
  /** The nonce of the page's content security policy, if it has one. */
  readonly nonce?: string;
  /** Called with each text that the user's edits make. */
  readonly onText?: (text: string) => void;
  /** Called with the worker's answer about the newest text. */
  readonly onAnalysis?: (analysis: Analysis) => void;
  /** Called with the mistakes that are underlined: those under the cursor are withheld while the user types there. */
  readonly onMistakes?: (mistakes: readonly Diagnostic[]) => void;
  /** Called as a part is clicked, or opened with Alt+Down, with its place on the screen. */
  readonly onPart?: (part: Part, place: DOMRect, byKeyboard: boolean) => void;
  /** Called as Ctrl+Enter is pressed. */
  readonly onSubmit?: () => void;
  readonly extensions?: Extension;
}

export interface SentenceEditor {
  readonly view: EditorView;
  /** Shows another text, as after going back; only `onAnalysis` is called for it. */
  setText(text: string): void;
  /** Changes a stretch of the text, as a control does. */
  edit(from: number, to: number, insert: string, caret?: number): void;
  /** Looks once more, as after the project's names or the instant changed. */
  refresh(): void;
  /** Puts the text into its canonical form. */
  format(): Promise<void>;
  focus(): void;
  destroy(): void;
}

/** How long after the last key a mistake under the cursor is shown, too, in milliseconds. */
const restMs = 1_500;

/** Makes an editor in an element. Long because its listeners share what the editor knows. */
export function createSentenceEditor(options: SentenceEditorOptions): SentenceEditor {
  const { language, asOf, parent } = options;
  const editable = new Compartment();
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isTyping = false;
  let latest: Analysis | undefined;

  function mark(view: EditorView, seen: Analysis, ...effects: readonly StateEffect<unknown>[]): void {
    // Marked whether or not anyone asks for the mistakes.
    const mistakes = markMistakes(view, seen, isTyping, effects);
    options.onMistakes?.(mistakes);
  }

  async function analyse(view: EditorView): Promise<void> {
    const seen = await language.analyse(view.state.doc.toString(), asOf());
    if (seen === undefined || seen.text !== view.state.doc.toString()) return;
    latest = seen;
    mark(view, seen, setAnalysis.of(seen));
    reportTime("segmentql.marks", seen.text);
    options.onAnalysis?.(seen);
  }

  function typed(view: EditorView): void {
    isTyping = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      isTyping = false;
      if (latest !== undefined) mark(view, latest);
    }, restMs);
  }

  const watch = EditorView.updateListener.of((update) => {
    if (update.docChanged) {
      if (
        update.transactions.some(
          (transaction) => transaction.isUserEvent("input") || transaction.isUserEvent("delete"),
        )
      )
        typed(update.view);
      const isOwn = update.transactions.some(
        (transaction) => transaction.annotation(Transaction.remote) === true,
      );
      if (!isOwn) options.onText?.(update.state.doc.toString());
      void analyse(update.view);
    } else if (update.selectionSet && isTyping && latest !== undefined) {
      const seen = latest;
      queueMicrotask(() => mark(update.view, seen));
    }
  });

  function openPart(view: EditorView, position: number, byKeyboard: boolean): boolean {
    const part = partAt(view.state, position);
    if (part === undefined || options.onPart === undefined) return false;
    const place = placeOf(view, part);
    if (place === undefined) return false;
    closeCompletion(view);
    options.onPart(part, place, byKeyboard);
    return true;
  }

  const keys = keymap.of([
    { key: "Mod-.", run: mendNext },
    { key: "Alt-ArrowDown", run: (view) => openPart(view, view.state.selection.main.head, true) },
    { key: "Shift-Alt-f", run: () => formatText() },
    {
      key: "Mod-Enter",
      run: () => {
        options.onSubmit?.();
        return options.onSubmit !== undefined;
      },
    },
  ]);
  // Escape that closes the completion closes nothing around the editor, such as a dialog.
  const closings = Prec.highest(
    EditorView.domEventHandlers({
      keydown: (event, view) => {
        if (event.key === "Escape" && completionStatus(view.state) !== null) event.stopPropagation();
      },
    }),
  );
  const clicks = EditorView.domEventHandlers({
    click: (event, view) => {
      if (event.detail !== 1 || !view.state.selection.main.empty) return false;
      const target = event.target as HTMLElement;
      if (target.closest(".q-part") === null) return false;
      return openPart(view, view.posAtDOM(target), false);
    },
    focus: (_event, view) => {
      if (view.state.doc.length === 0 && completionStatus(view.state) === null) startCompletion(view);
    },
  });

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        closings,
        keys,
        history(),
        seenField,
        sentenceCompletion({ language, asOf, values: options.values ?? (async () => []) }),
        sentenceHover(language, asOf),
        keymap.of([...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false" }),
        tooltips({ position: "absolute" }),
        editable.of([]),
        watch,
        clicks,
        ...(options.placeholder === undefined ? [] : [placeholder(options.placeholder)]),
        ...(options.nonce === undefined ? [] : [EditorView.cspNonce.of(options.nonce)]),
        ...(options.extensions === undefined ? [] : [options.extensions]),
      ],
    }),
  });
  void analyse(view);

  function formatText(): boolean {
    void format();
    return true;
  }

  async function format(): Promise<void> {
    const text = view.state.doc.toString();
    const formatted = await language.format(text);
    if (formatted === undefined || formatted === text || text !== view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: text.length, insert: formatted }, userEvent: "input.format" });
  }

  return {
    view,
    setText: (text) => {
      if (text === view.state.doc.toString()) return;
      isTyping = false;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: Transaction.remote.of(true),
      });
    },
    edit: (from, to, insert, caret) =>
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: caret ?? from + insert.length },
        userEvent: "input.control",
      }),
    refresh: () => void analyse(view),
    format,
    focus: () => view.focus(),
    destroy: () => {
      clearTimeout(rest);
      view.destroy();
    },
  };
}

/** Records in the browser's performance timeline when a result was shown for a text; `bench/console` reads it. */
export function reportTime(name: string, text: string): void {
  performance.mark(name, { detail: text });
  performance.clearMarks(name);
}

/** Where a part is on the screen. */
function placeOf(view: EditorView, { from, to }: Part): DOMRect | undefined {
  const start = view.coordsAtPos(from, 1);
  const end = view.coordsAtPos(to, -1);
  if (start === null || end === null) return undefined;
  const isOneLine = Math.abs(start.top - end.top) < 4;
  return new DOMRect(
    start.left,
    start.top,
    isOneLine ? end.right - start.left : 40,
    start.bottom - start.top,
  );
}
