// `segmentql/editor`: the editor of sentences for other pages, such as a shop's back office. It asks a SegmentQL service for the
// project's names and for values of the data; checking, colours and completion need no request.
import { AttributeValuesDocument } from "../data/generated.js";
import { readNamesBy } from "../data/project-names.js";
import { connectLanguage, type WorkerLike } from "../language/connection.js";
import { createSentenceEditor } from "../language/editor/editor.js";
import type { Diagnostic, FoundValue, WantedValues } from "../language/protocol.js";
import { askService, type ServiceAddress } from "./service.js";
import "../styles/tokens.css";
import "../styles/editor.css";

export type { Diagnostic, ServiceAddress };

export interface SegmentEditorOptions {
  /** The element that gets the editor as a child. */
  readonly parent: HTMLElement;
  readonly service: ServiceAddress;
  /** The accessible name of the text field. */
  readonly label: string;
  /** The query to begin with. */
  readonly text?: string;
  /** What is shown while there is no text. */
  readonly placeholder?: string;
  /** The instant that relative dates refer to, in milliseconds since the epoch; by default now. */
  readonly asOf?: () => number;
  /** The nonce of the page's content security policy, if it has one. */
  readonly nonce?: string;
  /** Called with each text once it is checked, the first one included. */
  readonly onChange?: (query: EditedQuery) => void;
  /** Called as Ctrl+Enter, or Command+Enter, is pressed. */
  readonly onSubmit?: () => void;
  /** Starts the worker, for pages that do not serve the package's `worker.js` beside its `editor.js`. */
  readonly worker?: () => Worker;
}

/** A text, and what the language says of it. */
export interface EditedQuery {
  readonly text: string;
  /** True if it has no errors; an empty text has none, and no meaning either. */
  readonly valid: boolean;
  /** The query in canonical form; undefined if it has errors. */
  readonly canonical?: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SegmentEditor {
  readonly text: string;
  /** Shows another text. */
  setText(text: string): void;
  /** Reads the project's names again, as after a definition. @throws Error if the service does not answer. */
  refresh(): Promise<void>;
  /** Puts the text into its canonical form. */
  format(): Promise<void>;
  focus(): void;
  /** Removes the editor and stops its worker. */
  destroy(): void;
}

const shownValues = 20;

/** Makes an editor in an element. @throws Error if the service does not answer, or refuses the key. */
export async function createSegmentEditor(options: SegmentEditorOptions): Promise<SegmentEditor> {
  const {
    parent,
    service,
    label,
    text = "",
    placeholder,
    asOf = Date.now,
    nonce,
    onChange,
    onSubmit,
  } = options;
  const ask = askService(service);
  const names = await readNamesBy(ask);
  const language = connectLanguage((options.worker ?? startWorker)() as WorkerLike);
  language.rename(names);
  const place = document.createElement("div");
  place.className = "segmentql-editor";
  const inner = document.createElement("div");
  inner.className = "sentence-editor";
  place.append(inner);
  parent.append(place);
  const editor = createSentenceEditor({
    parent: inner,
    text,
    language,
    asOf,
    label,
    values: (wanted) => readValues(wanted),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(onSubmit === undefined ? {} : { onSubmit }),
    onAnalysis: ({ text: seen, valid, canonical, diagnostics }) =>
      onChange?.({ text: seen, valid, diagnostics, ...(canonical === undefined ? {} : { canonical }) }),
  });

  /** Values that begin with what is typed; none if the service does not answer. */
  async function readValues(wanted: WantedValues): Promise<readonly FoundValue[]> {
    const { attribute, event, search } = wanted;
    const variables = { attribute, event: event ?? null, search, first: shownValues };
    try {
      const answer = await ask(AttributeValuesDocument, variables);
      return answer.segmentValueSuggestions;
    } catch {
      return [];
    }
  }

  return {
    get text() {
      return editor.view.state.doc.toString();
    },
    setText: editor.setText,
    refresh: async () => {
      language.rename(await readNamesBy(ask));
      editor.refresh();
    },
    format: editor.format,
    focus: editor.focus,
    destroy: () => {
      editor.destroy();
      language.close();
      place.remove();
    },
  };
}

/** The worker that is built beside this file. */
function startWorker(): Worker {
  return new Worker(new URL(/* @vite-ignore */ "./worker.js", import.meta.url), {
    type: "module",
    name: "segmentql",
  });
}
