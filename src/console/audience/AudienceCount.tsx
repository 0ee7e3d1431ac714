// How many customers an audience has, as its form is filled in.
import type { ReactNode } from "react";
import { useAnswer, useRested } from "../data/answer.js";
import { AudienceCountDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { formatCount } from "../parts/format.js";
import { useProject } from "../shell/project.js";

interface Props {
  /** Undefined while it has mistakes; empty for everyone. */
  readonly query: string | undefined;
  /** What the number says, as `12 may redeem`. */
  readonly says: (count: string) => string;
}

const countRestMs = 200;

/** The number. */
export function AudienceCount({ query, says }: Props): ReactNode {
  const { everyone } = useProject();
  const rested = useRested(query, countRestMs);
  const answer = useAnswer(
    AudienceCountDocument,
    rested === undefined || rested === "" ? undefined : { query: rested, asOf: null },
  );
  const count = rested === "" ? everyone : answer.data?.segmentPreview.count;
  const isStale = query === undefined || rested !== query || (query !== "" && answer.isStale);
  return (
    <p className="audience-count" data-stale={isStale} aria-live="polite">
      <span>{says(count === undefined || count === null ? strings.state.unknown : formatCount(count))}</span>
    </p>
  );
}
