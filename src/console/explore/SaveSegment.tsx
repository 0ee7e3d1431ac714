// Saves the sentence as a segment: an auto-update segment, or a static one of the customers who are found or ticked now.
import { Link } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { change } from "../data/client.js";
import { SaveAutoUpdateDocument, SaveStaticDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { SegmentForm } from "../parts/SegmentForm.js";
import { refuse, useAction } from "../parts/useAction.js";
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

/** The button, and the dialog that it opens. */
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
              query={sentence.analysis?.meant?.text ?? sentence.asked ?? ""}
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

function SaveForm({ query, asOf, ticked, count, onClose }: FormProps): ReactNode {
  const { refresh } = useProject();
  const [kind, setKind] = useState<Kind>(ticked.size > 0 ? "static" : "auto");
  const [name, setName] = useState("");
  const [isTicked, setTicked] = useState(ticked.size > 0);
  const [saved, setSaved] = useState<{ readonly id: string; readonly name: string }>();
  const save = useAction(async () => {
    const sourceIds = isTicked ? [...ticked] : undefined;
    const payload = await (kind === "auto"
      ? savedAutoUpdate(name, query)
      : savedStatic(name, query, asOf, sourceIds));
    const { segment } = payload;
    if (segment === null) {
      refuse(payload);
      throw new Error(strings.state.failed);
    }
    setSaved({ id: segment.id, name: segment.name });
    await refresh();
  });
  if (saved !== undefined) return <Saved segment={saved} onClose={onClose} />;
  return (
    <SegmentForm
      name={name}
      onName={setName}
      nameHint={strings.save.nameHint}
      save={save}
      canSave
      onClose={onClose}
      before={
        <>
          <KindOptions kind={kind} onKind={setKind} />
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
        </>
      }
    />
  );
}

function KindOptions({
  kind,
  onKind,
}: {
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}): ReactNode {
  return (
    <fieldset className="options">
      <legend className="hidden">{strings.explore.save}</legend>
      {(["auto", "static"] as const).map((each) => (
        <label key={each} className="option">
          <input type="radio" name="kind" checked={kind === each} onChange={() => onKind(each)} />
          <span>
            <strong>{each === "auto" ? strings.explore.saveAuto : strings.explore.saveStatic}</strong>
            <span className="hint">
              {each === "auto" ? strings.explore.saveAutoMore : strings.explore.saveStaticMore}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Saved({
  segment,
  onClose,
}: {
  readonly segment: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
}): ReactNode {
  return (
    <div className="sheet-body" role="status">
      <p>{strings.save.done(segment.name)}</p>
      <div className="popup-actions">
        <Link className="button button-main" to="/segments/$id" params={{ id: segment.id }}>
          {strings.save.open}
        </Link>
        <button type="button" className="button" onClick={onClose}>
          {strings.state.close}
        </button>
      </div>
    </div>
  );
}

async function savedAutoUpdate(name: string, query: string) {
  return (await change(SaveAutoUpdateDocument, { input: { name, query } })).segmentCreateAutoUpdate;
}

async function savedStatic(
  name: string,
  query: string,
  asOf: string | undefined,
  sourceIds: readonly string[] | undefined,
) {
  const members = sourceIds === undefined ? { query } : { sourceIds };
  const input = { name, asOf: asOf ?? null, members };
  return (await change(SaveStaticDocument, { input })).segmentCreateStatic;
}
