// Saves the sentence as a segment: one that follows it, or one of those who are found or ticked now.
import { Link } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { type FormEvent, lazy, type ReactNode, Suspense, useId, useState } from "react";
import { change } from "../data/client.js";
import { SaveAutoUpdateDocument, SaveStaticDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { useProject } from "../shell/project.js";
import type { Sentence } from "./useSentence.js";

/** Loaded as it is opened first. */
const Sheet = lazy(() =>
  import("../parts/overlays.js").then(({ Sheet: component }) => ({ default: component })),
);

interface Props {
  readonly sentence: Sentence;
  readonly asOf: string | undefined;
  readonly ticked: ReadonlySet<string>;
  readonly count: number;
}

type Kind = "auto" | "static";

/** The button, and the dialog behind it. */
export function SaveSegment({ sentence, asOf, ticked, count }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const isReady = sentence.asked !== undefined && sentence.asked !== "" && !sentence.isBehind;
  return (
    <>
      <button type="button" className="button button-main" disabled={!isReady} onClick={() => setOpen(true)}>
        <Bookmark size={15} aria-hidden="true" /> {strings.explore.save}
      </button>
      {isOpen ? (
        <Suspense>
          <Sheet title={strings.explore.save} isOpen onClose={() => setOpen(false)}>
            <SaveForm
              query={sentence.asked ?? ""}
              asOf={asOf}
              ticked={ticked}
              count={count}
              onClose={() => setOpen(false)}
            />
          </Sheet>
        </Suspense>
      ) : null}
    </>
  );
}

interface FormProps {
  readonly query: string;
  readonly asOf: string | undefined;
  readonly ticked: ReadonlySet<string>;
  readonly count: number;
  readonly onClose: () => void;
}

type Outcome =
  | { readonly kind: "editing" }
  | { readonly kind: "saving" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "saved"; readonly id: string; readonly name: string };

function SaveForm({ query, asOf, ticked, count, onClose }: FormProps): ReactNode {
  const { refresh } = useProject();
  const [kind, setKind] = useState<Kind>(ticked.size > 0 ? "static" : "auto");
  const [name, setName] = useState("");
  const [isTicked, setTicked] = useState(ticked.size > 0);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "editing" });
  const hint = useId();
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setOutcome({ kind: "saving" });
    try {
      const payload = await saved(kind, name, query, asOf, isTicked ? [...ticked] : undefined);
      const { segment, userErrors, diagnostics } = payload;
      if (segment === null) {
        const message = userErrors[0]?.message ?? diagnostics[0]?.message ?? strings.state.failed;
        setOutcome({ kind: "refused", message });
        return;
      }
      setOutcome({ kind: "saved", id: segment.id, name: segment.name });
      await refresh();
    } catch (error) {
      setOutcome({ kind: "refused", message: error instanceof Error ? error.message : String(error) });
    }
  }
  if (outcome.kind === "saved") {
    return (
      <div className="sheet-body" role="status">
        <p>{strings.save.done(outcome.name)}</p>
        <div className="popup-actions">
          <Link className="button button-main" to="/segments/$id" params={{ id: outcome.id }}>
            {strings.save.open}
          </Link>
          <button type="button" className="button" onClick={onClose}>
            {strings.state.close}
          </button>
        </div>
      </div>
    );
  }
  return (
    <form className="sheet-body form" onSubmit={save}>
      <fieldset className="options">
        <legend className="hidden">{strings.explore.save}</legend>
        {(["auto", "static"] as const).map((each) => (
          <label key={each} className="option">
            <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
            <span>
              <strong>{each === "auto" ? strings.explore.saveAuto : strings.explore.saveStatic}</strong>
              <span className="hint">
                {each === "auto" ? strings.explore.saveAutoMore : strings.explore.saveStaticMore}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === "static" && ticked.size > 0 ? (
        <fieldset className="options">
          <legend>{strings.save.who}</legend>
          <label className="tick">
            <input type="radio" name="who" checked={!isTicked} onChange={() => setTicked(false)} />
            {strings.save.all(formatCount(count))}
          </label>
          <label className="tick">
            <input type="radio" name="who" checked={isTicked} onChange={() => setTicked(true)} />
            {strings.save.ticked(formatCount(ticked.size))}
          </label>
        </fieldset>
      ) : null}
      <label className="labelled">
        <span>{strings.save.name}</span>
        <input
          className="field"
          required
          maxLength={200}
          value={name}
          aria-describedby={hint}
          onChange={({ target }) => setName(target.value)}
        />
        <span className="hint" id={hint}>
          {strings.save.nameHint}
        </span>
      </label>
      {outcome.kind === "refused" ? (
        <p className="problem" role="alert">
          {outcome.message}
        </p>
      ) : null}
      <div className="popup-actions">
        <button type="submit" className="button button-main" disabled={outcome.kind === "saving"}>
          {strings.save.save}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {strings.save.cancel}
        </button>
      </div>
    </form>
  );
}

async function saved(
  kind: Kind,
  name: string,
  query: string,
  asOf: string | undefined,
  sourceIds: readonly string[] | undefined,
) {
  if (kind === "auto") {
    const answer = await change(SaveAutoUpdateDocument, { input: { name, query } });
    return answer.segmentCreateAutoUpdate;
  }
  const members = sourceIds === undefined ? { query } : { sourceIds };
  const input = { name, asOf: asOf ?? null, members };
  return (await change(SaveStaticDocument, { input })).segmentCreateStatic;
}
