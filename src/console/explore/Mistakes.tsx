// The mistakes of the sentence, below it, each with its fix.
import { CircleX, TriangleAlert, WandSparkles } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { strings } from "../en.js";
import type { SentenceEditor } from "../language/editor/editor.js";
import { mend } from "../language/editor/marks.js";
import type { Diagnostic } from "../language/protocol.js";

interface Props {
  readonly mistakes: readonly Diagnostic[];
  readonly editor: RefObject<SentenceEditor | null>;
}

/** The mistakes, each with a button that fixes it. */
export function Mistakes({ mistakes, editor }: Props): ReactNode {
  return (
    <ul className="mistakes" aria-live="polite">
      {mistakes.map(({ code, severity, message, span, fix }) => (
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
