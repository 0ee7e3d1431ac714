// The code editors of the playground: CodeMirror with GraphQL or JSON, and assistance with the sentences in them.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { graphql } from "cm6-graphql";
import { pageNonce } from "../parts/nonce.js";
import { sentenceAssistance } from "./assistance.js";
import { sentencesOfOperation, sentencesOfVariables } from "./sentences.js";
import type { Headers } from "./service.js";

export interface CodeOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** The accessible name. */
  readonly label: string;
  readonly extensions: Extension;
  /** Called with each text that edits make. */
  readonly onText?: (text: string) => void;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword], color: "var(--connective)" },
  { tag: [tags.propertyName, tags.atom], color: "var(--attribute)" },
  { tag: [tags.attributeName, tags.variableName], color: "var(--event)" },
  { tag: [tags.string, tags.number, tags.integer, tags.float, tags.bool, tags.null], color: "var(--value)" },
  { tag: [tags.typeName, tags.name], color: "var(--ink)" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.bracket], color: "var(--operator)" },
]);

/** Makes an editor. */
export function createCode({ parent, text, label, extensions, onText }: CodeOptions): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        syntaxHighlighting(colours),
        bracketMatching(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.cspNonce.of(pageNonce()),
        tooltips({ position: "fixed" }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onText?.(state.doc.toString());
        }),
        extensions,
      ],
    }),
  });
}

/** What a text that is written in has. @param run is called as Ctrl+Enter is pressed. */
function writing(run: () => void): Extension {
  const onEnter = (): boolean => {
    run();
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: onEnter }])),
    lineNumbers(),
    history(),
    closeBrackets(),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...foldKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

/** The operation: GraphQL, which knows the schema once `updateSchema` has given it. */
export function operationLanguage(run: () => void, headers: () => Headers): Extension {
  return [writing(run), graphql(), sentenceAssistance({ sentencesOf: sentencesOfOperation, headers })];
}

/** The variables. */
export function variablesLanguage(run: () => void, headers: () => Headers): Extension {
  return [writing(run), json(), sentenceAssistance({ sentencesOf: sentencesOfVariables, headers })];
}

/** The headers. */
export function headersLanguage(run: () => void): Extension {
  return [writing(run), json()];
}

/** An answer, which is read only. */
export const answerLanguage: Extension = [
  json(),
  foldGutter(),
  keymap.of([...foldKeymap, ...defaultKeymap]),
  EditorState.readOnly.of(true),
];

/** Shows another text. */
export function setCode(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
