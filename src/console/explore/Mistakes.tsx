// The mistakes of the sentence, below it, each with its mend.
import { CircleX, TriangleAlert, WandSparkles } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { strings } from "../en.js";
import type { SentenceEditor } from "../language/editor/editor.js";
import { mend } from "../language/editor/marks.js";
import type { Look } from "../language/protocol.js";

interface Props {
  readonly look: Look;
  /** What is typed: nothing is said of an earlier text. */
  readonly text: string;
  readonly editor: RefObject<SentenceEditor | null>;
}

/** What is wrong, and one click to mend each. */
export function Mistakes({ look, text, editor }: Props): ReactNode {
  const diagnostics = look.text === text && text.trim() !== "" ? look.diagnostics : [];
  return (
    <ul className="mistakes" aria-live="polite">
      {diagnostics.map(({ code, severity, message, span, fix }) => (
        <li key={`${code} ${span.start} ${span.end}`} className={`mistake mistake-${severity.toLowerCase()}`}>
          {severity === "ERROR" ? (
            <CircleX size={16} aria-hidden="true" />
          ) : (
            <TriangleAlert size={16} aria-hidden="true" />
          )}
          <span>{message}</span>
          {fix === undefined ? null : (
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                const view = editor.current?.view;
                if (view !== undefined) mend(view, fix.span.start, fix.span.end, fix.replacement);
              }}
            >
              <WandSparkles size={14} aria-hidden="true" /> {strings.explore.mend(fix.replacement.trim())}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
