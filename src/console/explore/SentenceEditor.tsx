// The sentence as an editor, in the page.
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { readValues } from "../data/values.js";
import { strings } from "../en.js";
import { createSentenceEditor, type SentenceEditor as Editor } from "../language/editor/editor.js";
import type { Analysis, Diagnostic, Part } from "../language/protocol.js";
import { pageNonce } from "../parts/nonce.js";
import { useProject } from "../shell/project.js";
import type { Given } from "./useSentence.js";

interface Props {
  /** The text to show at first, and each time that its turn changes; typed text is the editor's own state. */
  readonly given: Given;
  readonly asOf: number | undefined;
  readonly onText: (text: string) => void;
  readonly onAnalysis: (analysis: Analysis) => void;
  readonly onMistakes?: (mistakes: readonly Diagnostic[]) => void;
  readonly onPart?: (part: Part, place: DOMRect, byKeyboard: boolean) => void;
  readonly onSubmit?: () => void;
  /** Holds the editor while there is one. */
  readonly handle?: RefObject<Editor | null>;
  readonly label?: string;
}

/** The editor. */
export function SentenceEditor(props: Props): ReactNode {
  const { given, asOf, handle, label = strings.explore.sentence } = props;
  const { language, names } = useProject();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(null);
  const latest = useRef(props);
  latest.current = props;

  // Before the first paint, so that nothing below it moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a language; what it calls is the newest.
  useLayoutEffect(() => {
    if (place.current === null) return;
    const made = createSentenceEditor({
      parent: place.current,
      text: latest.current.given.text,
      language,
      asOf: () => latest.current.asOf ?? Date.now(),
      values: (wanted) => readValues(wanted),
      label,
      placeholder: strings.explore.placeholder,
      nonce: pageNonce(),
      onText: (typed) => latest.current.onText(typed),
      onAnalysis: (analysis) => latest.current.onAnalysis(analysis),
      onMistakes: (mistakes) => latest.current.onMistakes?.(mistakes),
      onPart: (part, at, byKeyboard) => latest.current.onPart?.(part, at, byKeyboard),
      onSubmit: () => latest.current.onSubmit?.(),
    });
    editor.current = made;
    if (handle !== undefined) handle.current = made;
    return () => {
      made.destroy();
      if (handle !== undefined) handle.current = null;
    };
  }, [language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is a sentence; what it holds is read then.
  useEffect(() => editor.current?.setText(given.text), [given.turn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is seen in the same text may be another thing now.
  useEffect(() => editor.current?.refresh(), [asOf, names]);
  return <div className="sentence-editor" ref={place} />;
}
