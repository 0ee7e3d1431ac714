// How many customers match the sentence, their share of everyone, and how each of its conditions narrows them.
import { type ReactNode, useEffect, useState } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { AudienceCountDocument } from "../data/generated.js";
import { type Narrowing, readNarrowing } from "../data/narrowing.js";
import { strings } from "../en.js";
import { reportTime } from "../language/editor/editor.js";
import { formatCount, formatShare } from "../parts/format.js";
import { FailureNote, SlowNote } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import { SaveSegment } from "./SaveSegment.js";
import { countRestMs, type Sentence } from "./useSentence.js";

interface Props {
  readonly sentence: Sentence;
  readonly asOf: string | undefined;
  readonly ticked: ReadonlySet<string>;
}

/** The count, its share and the strip of conditions. */
export function Audience({ sentence, asOf, ticked }: Props): ReactNode {
  const { everyone } = useProject();
  const query = useRested(sentence.asked, countRestMs);
  const isEveryone = query === "";
  const answer = useAnswer(
    AudienceCountDocument,
    query === undefined || isEveryone ? undefined : { query, asOf: asOf ?? null },
  );
  const count = isEveryone ? everyone : answer.data?.segmentPreview.count;
  const isStale = sentence.isBehind || query !== sentence.asked || (!isEveryone && answer.isStale);
  useEffect(() => {
    if (!isStale && query !== undefined) reportTime("segmentql.count", query);
  }, [isStale, query]);
  const hasErrors =
    sentence.analysis?.text === sentence.text && !sentence.analysis.valid && sentence.text.trim() !== "";
  return (
    <section className="audience" aria-label={strings.explore.customers(2)}>
      <div className="audience-figures">
        <p className="audience-count" data-stale={isStale} data-testid="count" aria-live="polite">
          {count === undefined || count === null ? (
            <strong>…</strong>
          ) : (
            <>
              <strong>{formatCount(count)}</strong> {strings.explore.customers(count)}
            </>
          )}
        </p>
        {count === undefined || count === null || everyone === undefined || everyone === 0 ? null : (
          <Share share={Math.min(1, count / everyone)} isStale={isStale} />
        )}
        <SaveSegment sentence={sentence} asOf={asOf} ticked={ticked} count={count ?? 0} />
      </div>
      {hasErrors ? <p className="hint">{strings.explore.keptCount}</p> : null}
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      <NarrowingStrip sentence={sentence} asOf={asOf} />
    </section>
  );
}

function Share({ share, isStale }: { readonly share: number; readonly isStale: boolean }): ReactNode {
  return (
    <div className="share" data-stale={isStale}>
      <meter className="share-bar" min={0} max={1} value={share} aria-label={strings.explore.everyone} />
      <span>{strings.explore.share(formatShare(share))}</span>
    </div>
  );
}

/** How long the strip waits for the next key: the count goes first. In milliseconds. */
const narrowingRestMs = 350;

function NarrowingStrip({
  sentence,
  asOf,
}: {
  readonly sentence: Sentence;
  readonly asOf: string | undefined;
}): ReactNode {
  const { analysis } = sentence;
  const rested = useRested(analysis, narrowingRestMs);
  const [narrowing, setNarrowing] = useState<Narrowing>();
  useEffect(() => {
    if (rested === undefined || rested.clauses.length === 0) return;
    let isOver = false;
    readNarrowing(rested, asOf).then(
      (read) => {
        if (!isOver) setNarrowing(read);
      },
      // The count reports a failure; the strip is optional.
      () => {
        if (!isOver) setNarrowing(undefined);
      },
    );
    return () => {
      isOver = true;
    };
  }, [rested, asOf]);
  const isEveryone = analysis === undefined ? sentence.text.trim() === "" : analysis.clauses.length === 0;
  if (isEveryone) return null;
  // The line is there before its figures, so that nothing below it moves.
  if (narrowing === undefined) return <div className="narrowing" aria-hidden="true" />;
  const isStale = narrowing.text !== analysis?.text;
  return (
    <ol className="narrowing" aria-label={strings.explore.narrowing} data-stale={isStale}>
      {narrowing.steps.map(({ text, upTo, without, onlyOutside }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may be written twice.
        <li key={index} title={text}>
          <strong>{formatCount(upTo)}</strong>
          <span className="narrowing-text">{text}</span>
          {without > 0 ? (
            <button
              type="button"
              className="narrowing-without"
              aria-label={strings.explore.without(formatCount(without), text)}
              title={strings.explore.without(formatCount(without), text)}
              onClick={() => sentence.setText(onlyOutside)}
            >
              +{formatCount(without)}
            </button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
