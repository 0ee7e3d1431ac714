// A code editor in the page.
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { createCode } from "./editors.js";

interface Props {
  /** As it is at first; from then on the text is the editor's own, and is changed through `handle`. */
  readonly text: string;
  readonly label: string;
  /** As they are at first. */
  readonly extensions: () => Extension;
  readonly onText?: (text: string) => void;
  /** Holds the editor while there is one. */
  readonly handle?: RefObject<EditorView | null>;
}

/** The editor. */
export function Code(props: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  // Before the first paint, so that nothing below it moves.
  useLayoutEffect(() => {
    if (place.current === null) return;
    const { text, label, extensions, handle } = latest.current;
    const made = createCode({
      parent: place.current,
      text,
      label,
      extensions: extensions(),
      onText: (typed) => latest.current.onText?.(typed),
    });
    if (handle !== undefined) handle.current = made;
    return () => {
      made.destroy();
      if (handle !== undefined) handle.current = null;
    };
  }, []);
  return <div className="code-editor" ref={place} />;
}
