// The mistakes of the sentence, below it, each with its fix; a name that the project does not know can be defined.
import { CircleX, Plus, TriangleAlert, WandSparkles } from "lucide-react";
import { lazy, type ReactNode, type RefObject, Suspense, useState } from "react";
import { type UndefinedName, undefinedNameOf } from "../data/undefined-names.js";
import { strings } from "../en.js";
import type { SentenceEditor } from "../language/editor/editor.js";
import { mend } from "../language/editor/marks.js";
import type { Analysis, Diagnostic } from "../language/protocol.js";

/** Loaded as it is opened first. */
const DefineName = lazy(() =>
  import("./DefineName.js").then(({ DefineName: component }) => ({ default: component })),
);

interface Props {
  readonly mistakes: readonly Diagnostic[];
  /** What the mistakes were found in. */
  readonly analysis: Analysis | undefined;
  readonly editor: RefObject<SentenceEditor | null>;
}

/** The mistakes, each with a button that fixes it. */
export function Mistakes({ mistakes, analysis, editor }: Props): ReactNode {
  const [missing, setMissing] = useState<UndefinedName>();
  return (
    <>
      <ul className="mistakes" aria-live="polite">
        {mistakes.map((mistake) => (
          <Mistake
            key={`${mistake.code} ${mistake.span.start} ${mistake.span.end}`}
            mistake={mistake}
            missing={
              analysis === undefined ? undefined : undefinedNameOf(mistake, analysis.text, analysis.parts)
            }
            onDefine={setMissing}
            editor={editor}
          />
        ))}
      </ul>
      {missing === undefined ? null : (
        <Suspense>
          <DefineName missing={missing} onClose={() => setMissing(undefined)} />
        </Suspense>
      )}
    </>
  );
}

interface MistakeProps extends Pick<Props, "editor"> {
  readonly mistake: Diagnostic;
  readonly missing: UndefinedName | undefined;
  readonly onDefine: (missing: UndefinedName) => void;
}

function Mistake({ mistake, missing, onDefine, editor }: MistakeProps): ReactNode {
  const { severity, message, fix } = mistake;
  return (
    <li className={`mistake mistake-${severity.toLowerCase()}`}>
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
      {missing === undefined ? null : (
        <button type="button" className="button button-small" onClick={() => onDefine(missing)}>
          <Plus size={14} aria-hidden="true" /> {strings.define.offer(missing.name)}
        </button>
      )}
    </li>
  );
}
