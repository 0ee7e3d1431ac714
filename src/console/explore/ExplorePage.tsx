// Explore: a sentence, how many customers match it, and who they are.
import { startCompletion } from "@codemirror/autocomplete";
import { useNavigate, useSearch } from "@tanstack/react-router";
import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { OpenPart } from "../controls/PartPopover.js";
import { strings } from "../en.js";
import type { SentenceEditor as Editor } from "../language/editor/editor.js";
import { applyEdits } from "../language/edits.js";
import type { Diagnostic, Edit, Part } from "../language/protocol.js";
import { useProject } from "../shell/project.js";
import { AsOfNotice } from "./AsOf.js";
import { Audience } from "./Audience.js";
import { CustomerList } from "./CustomerList.js";
import { CustomerPanel } from "./CustomerPanel.js";
import { FormView } from "./FormView.js";
import { keepSentence } from "./history.js";
import { Mistakes } from "./Mistakes.js";
import { Samples } from "./Samples.js";
import { SentenceEditor } from "./SentenceEditor.js";
import type { ExploreSearch } from "./search.js";
import { Toolbar } from "./Toolbar.js";
import { firstSentence, isSample } from "./templates.js";
import { type Sentence, useSentence } from "./useSentence.js";
import { WhoTheyAre } from "./WhoTheyAre.js";

/** Loaded as the first part is opened. */
const PartPopover = lazy(() =>
  import("../controls/PartPopover.js").then(({ PartPopover: component }) => ({ default: component })),
);

/** Loaded as the tour is taken. */
const Tour = lazy(() => import("./Tour.js").then(({ Tour: component }) => ({ default: component })));

/** Adds a sentence to the latest ones once it has been asked for two seconds. */
function useKept(asked: string | undefined): void {
  useEffect(() => {
    if (asked === undefined || asked === "") return;
    const timer = setTimeout(() => keepSentence(asked), 2_000);
    return () => clearTimeout(timer);
  }, [asked]);
}

/** The tour at a step; nothing if it is not taken. */
function TourAt({ step, isReady, onStep }: TourAtProps): ReactNode {
  if (step === undefined) return null;
  return (
    <Suspense>
      <Tour step={step} isReady={isReady} onStep={onStep} onLeave={() => onStep(undefined)} />
    </Suspense>
  );
}

interface TourAtProps {
  readonly step: number | undefined;
  readonly isReady: boolean;
  readonly onStep: (step: number | undefined) => void;
}

/** The ids of the customers ticked, which are of one sentence: another begins with none. */
function useTicked(asked: string | undefined) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: cleared as the sentence changes.
  useEffect(() => setTicked(new Set()), [asked]);
  return [ticked, setTicked] as const;
}

/** Opens the first visit on a sample sentence; true on that visit. */
function useFirstSentence({ text, setText }: Sentence, isGiven: boolean): boolean {
  const { names } = useProject();
  const [isFirst, setFirst] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens.
  useEffect(() => {
    if (text !== "" || isGiven) return;
    const sample = firstSentence(names);
    if (sample === undefined) return;
    setText(sample);
    setFirst(true);
  }, []);
  return isFirst;
}

/** The part whose control is open, and how a change there reaches the text: through the editor, unless the form shows it. */
function useOpenPart(editor: RefObject<Editor | null>, isForm: boolean, setText: (text: string) => void) {
  const [open, setOpen] = useState<OpenPart>();
  const editPart = (edit: Edit, missingAt?: number): void => {
    if (open === undefined) return;
    if (isForm || editor.current === null) {
      setText(applyEdits(open.text, [edit]));
      return;
    }
    editor.current.edit(edit.from, edit.to, edit.insert, missingAt);
    editor.current.focus();
    if (missingAt !== undefined) startCompletion(editor.current.view);
  };
  const openIn = (text: string) => (part: Part, place: DOMRect) => setOpen({ text, part, place });
  return { open, close: () => setOpen(undefined), openIn, editPart };
}

/** The home page. */
export function ExplorePage(): ReactNode {
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const sentence = useSentence();
  const editor = useRef<Editor>(null);
  const [ticked, setTicked] = useTicked(sentence.asked);
  const asOf = search.at === undefined ? undefined : Date.parse(search.at);
  const [opened] = useState(Date.now);
  /** The moment that controls relate days to: only its day matters. */
  const moment = asOf ?? opened;

  const change = useCallback(
    (changes: Partial<ExploreSearch>, replace = false) =>
      void navigate({ search: (before: ExploreSearch) => ({ ...before, ...changes }), replace }),
    [navigate],
  );

  const { names } = useProject();
  const { setText, text } = sentence;
  const isFirst = useFirstSentence(sentence, search.q !== undefined);

  const { asked, isBehind } = sentence;
  useKept(isBehind ? undefined : asked);

  const { analysis } = sentence;
  const [mistakes, setMistakes] = useState<readonly Diagnostic[]>([]);
  const isForm = search.form === true;
  /** The form is not read yet: what is below it waits, since the form's rows would move it. */
  const isFormRead = !isForm || analysis !== undefined || text.trim() === "";
  const { open, close, openIn, editPart } = useOpenPart(editor, isForm, setText);
  /** What the form shows: synonyms as the language's own words, which a change in the form writes. */
  const formed = analysis?.meant ?? analysis;
  const mentions = useMemo(() => analysis?.mentions ?? [], [analysis]);
  return (
    <div className="explore">
      <h1 className="hidden">{strings.explore.title}</h1>
      <section className="sentence" aria-label={strings.explore.sentence}>
        <SentenceEditor
          given={sentence.given}
          asOf={asOf}
          onText={sentence.typeText}
          onAnalysis={sentence.setAnalysis}
          onMistakes={setMistakes}
          onPart={openIn(sentence.text)}
          handle={editor}
        />
        {isForm && formed !== undefined ? (
          <FormView analysis={formed} onText={setText} onPart={openIn(formed.text)} asOf={moment} />
        ) : null}
        <Mistakes
          mistakes={sentence.text.trim() === "" ? [] : mistakes}
          analysis={analysis}
          editor={editor}
        />
        {text.trim() === "" || (isFirst && isSample(names, text)) ? (
          <Samples present={text} onTake={setText} onTour={() => change({ tour: 1 })} />
        ) : null}
        {isFormRead ? (
          <Toolbar
            editor={editor}
            sentence={sentence}
            asOf={search.at}
            onAsOf={(at) => change({ at })}
            isForm={isForm}
            onForm={(form) => change({ form: form ? true : undefined })}
          />
        ) : null}
        <AsOfNotice at={search.at} onNow={() => change({ at: undefined })} />
      </section>
      {open === undefined ? null : (
        <Suspense>
          <PartPopover open={open} asOf={moment} onClose={close} onEdit={editPart} />
        </Suspense>
      )}
      {isFormRead ? <Audience sentence={sentence} asOf={search.at} ticked={ticked} /> : null}
      <div className="explore-columns" hidden={!isFormRead}>
        <CustomerList
          query={asked}
          isBehind={isBehind}
          asOf={search.at}
          mentions={mentions}
          search={search}
          onChange={change}
          ticked={ticked}
          onTick={setTicked}
        />
        <WhoTheyAre query={asked} isBehind={isBehind} asOf={search.at} mentions={mentions} />
      </div>
      <TourAt step={search.tour} isReady={isFormRead} onStep={(tour) => change({ tour }, true)} />
      {search.who === undefined ? null : (
        <CustomerPanel
          customerId={search.who}
          query={asked ?? (analysis === undefined && text.trim() !== "" ? undefined : "")}
          asOf={search.at}
          onClose={() => change({ who: undefined })}
        />
      )}
    </div>
  );
}
