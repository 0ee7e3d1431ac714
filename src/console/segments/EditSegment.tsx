// Another name or sentence for a segment, with the customers who would enter or leave, before it is saved.
import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { change } from "../data/client.js";
import { SegmentImpactDocument, type SegmentImpactQuery, UpdateSegmentDocument } from "../data/generated.js";
import type { SegmentRow } from "../data/segments.js";
import { strings } from "../en.js";
import { SentenceEditor } from "../explore/SentenceEditor.js";
import type { Analysis } from "../language/protocol.js";
import { formatCount } from "../parts/format.js";
import { SegmentForm } from "../parts/SegmentForm.js";
import { SlowNote } from "../parts/states.js";
import { refuse, useAction } from "../parts/useAction.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly segment: SegmentRow;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const impactRestMs = 250;

/** The form. */
export function EditSegment({ segment, onClose, onSaved }: Props): ReactNode {
  const { refresh } = useProject();
  const [name, setName] = useState(segment.name);
  const [query, setQuery] = useState(segment.query ?? "");
  const [given] = useState({ text: query, turn: 0 });
  const [analysis, setAnalysis] = useState<Analysis>();
  const hasQuery = segment.query !== null;
  const isValid = !hasQuery || (analysis?.text === query && analysis.valid);
  const save = useAction(async () => {
    const input = {
      id: segment.id,
      ...(name === segment.name ? {} : { name }),
      ...(!hasQuery || query === segment.query ? {} : { query }),
    };
    refuse((await change(UpdateSegmentDocument, { input })).segmentUpdate);
    await refresh();
    onSaved();
  });
  return (
    <SegmentForm
      name={name}
      onName={setName}
      save={save}
      canSave={isValid}
      onClose={onClose}
      after={
        hasQuery ? (
          <>
            <div className="sentence-field">
              <SentenceEditor given={given} asOf={undefined} onText={setQuery} onAnalysis={setAnalysis} />
            </div>
            {analysis === undefined || analysis.valid ? null : (
              <p className="problem">{analysis.diagnostics[0]?.message}</p>
            )}
            {isValid ? <Impact id={segment.id} query={query} /> : null}
          </>
        ) : null
      }
    />
  );
}

function Impact({ id, query }: { readonly id: string; readonly query: string }): ReactNode {
  const rested = useRested(query, impactRestMs);
  const answer = useAnswer(SegmentImpactDocument, { id, query: rested });
  const impact = answer.data?.segmentImpact;
  return (
    <div className="impact" data-stale={answer.isStale || rested !== query} aria-live="polite">
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <p className="problem">{answer.failure.message}</p>}
      {impact?.entering === undefined || impact.entering === null || impact.leaving === null ? null : (
        <>
          <p>
            {strings.segments.impact(
              formatCount(impact.before?.count ?? 0),
              formatCount(impact.after?.count ?? 0),
            )}
          </p>
          <Movers group={impact.entering} kind="entering" />
          <Movers group={impact.leaving} kind="leaving" />
        </>
      )}
    </div>
  );
}

type Group = NonNullable<SegmentImpactQuery["segmentImpact"]["entering"]>;

function Movers({
  group,
  kind,
}: {
  readonly group: Group;
  readonly kind: "entering" | "leaving";
}): ReactNode {
  const Icon = kind === "entering" ? ArrowUpRight : ArrowDownRight;
  const shown = group.customers.nodes
    .map(({ name, email, sourceId }) => name ?? email ?? sourceId)
    .join(", ");
  const rest = group.count - group.customers.nodes.length;
  return (
    <p className={`movers movers-${kind}`}>
      <Icon size={16} aria-hidden="true" />
      <strong>
        {kind === "entering" ? "+" : "−"}
        {formatCount(group.count)}
      </strong>
      <span className="hint">
        {shown}
        {rest > 0 ? ` +${formatCount(rest)}` : ""}
      </span>
    </p>
  );
}
