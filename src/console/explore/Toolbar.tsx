// Below the sentence: words that continue it, other ways to see it, and sentences to begin with.

import { startCompletion } from "@codemirror/autocomplete";
import { Braces, History, LayoutTemplate, ListTree, Plus } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { strings } from "../en.js";
import type { SentenceEditor } from "../language/editor/editor.js";
import { Popup } from "../parts/Popup.js";
import { useProject } from "../shell/project.js";
import { AsOfPicker } from "./AsOf.js";
import { askedSentences } from "./history.js";
import { templatesFor } from "./templates.js";
import type { Sentence } from "./useSentence.js";

interface Props {
  readonly editor: RefObject<SentenceEditor | null>;
  readonly sentence: Sentence;
  readonly asOf: string | undefined;
  readonly onAsOf: (at: string | undefined) => void;
  readonly isForm: boolean;
  readonly onForm: (isForm: boolean) => void;
}

/** The buttons below the sentence. */
export function Toolbar({ editor, sentence, asOf, onAsOf, isForm, onForm }: Props): ReactNode {
  const append = (word: "and" | "or"): void => {
    const made = editor.current;
    if (made === null) return;
    const { length } = made.view.state.doc;
    const isEmpty = sentence.text.trim() === "";
    const gap = /\s$/.test(sentence.text) || isEmpty ? "" : " ";
    made.edit(length, length, isEmpty ? "" : `${gap}${word} `);
    made.focus();
    startCompletion(made.view);
  };
  const bracket = (): void => {
    const made = editor.current;
    if (made === null) return;
    const { main } = made.view.state.selection;
    const { from, to } = main.empty ? { from: 0, to: made.view.state.doc.length } : main;
    made.edit(from, to, `(${made.view.state.sliceDoc(from, to)})`);
    made.focus();
  };
  return (
    <div className="toolbar" role="toolbar" aria-label={strings.explore.sentence}>
      <button
        type="button"
        className="button button-quiet"
        title={strings.explore.addAnd}
        onClick={() => append("and")}
      >
        <Plus size={14} aria-hidden="true" /> {strings.explore.and}
      </button>
      <button
        type="button"
        className="button button-quiet"
        title={strings.explore.addOr}
        onClick={() => append("or")}
      >
        <Plus size={14} aria-hidden="true" /> {strings.explore.or}
      </button>
      <button
        type="button"
        className="button button-quiet"
        aria-label={strings.explore.addBrackets}
        title={strings.explore.addBrackets}
        onClick={bracket}
      >
        {strings.explore.brackets}
      </button>
      <button
        type="button"
        className="button button-quiet"
        title="Shift+Alt+F"
        onClick={() => void editor.current?.format()}
      >
        <Braces size={14} aria-hidden="true" /> {strings.explore.format}
      </button>
      <span className="toolbar-space" />
      <button
        type="button"
        className={isForm ? "button button-marked" : "button button-quiet"}
        aria-pressed={isForm}
        onClick={() => onForm(!isForm)}
      >
        <ListTree size={15} aria-hidden="true" /> {strings.explore.form}
      </button>
      <HistoryPopup onTake={sentence.setText} />
      <TemplatesPopup onTake={sentence.setText} />
      <AsOfPicker at={asOf} onAsOf={onAsOf} />
    </div>
  );
}

interface TakeProps {
  readonly onTake: (text: string) => void;
}

function HistoryPopup({ onTake }: TakeProps): ReactNode {
  return (
    <Popup
      title={strings.explore.history}
      button={
        <>
          <History size={15} aria-hidden="true" /> {strings.explore.history}
        </>
      }
    >
      {(close) => {
        const asked = askedSentences();
        if (asked.length === 0) return <p className="popup-empty">{strings.explore.noHistory}</p>;
        return (
          <ul className="choices">
            {asked.map(({ text }) => (
              <li key={text}>
                <button
                  type="button"
                  className="choice"
                  onClick={() => {
                    onTake(text);
                    close();
                  }}
                >
                  <span className="choice-query">{text}</span>
                </button>
              </li>
            ))}
          </ul>
        );
      }}
    </Popup>
  );
}

function TemplatesPopup({ onTake }: TakeProps): ReactNode {
  const { names } = useProject();
  return (
    <Popup
      title={strings.explore.templates}
      button={
        <>
          <LayoutTemplate size={15} aria-hidden="true" /> {strings.explore.templates}
        </>
      }
    >
      {(close) => (
        <ul className="choices">
          {templatesFor(names).map(({ name, query }) => (
            <li key={name}>
              <button
                type="button"
                className="choice"
                onClick={() => {
                  onTake(query);
                  close();
                }}
              >
                <strong>{name}</strong>
                <span className="choice-query">{query}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popup>
  );
}
