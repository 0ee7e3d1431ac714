// The transitions of segments, the newest first; new ones are added at the top as they happen.
import { Link } from "@tanstack/react-router";
import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { onConnection } from "../data/client.js";
import { type Transition, useFeed } from "../data/feed.js";
import { strings } from "../en.js";
import { formatCount, formatMoment } from "../parts/format.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";

interface Props {
  /** The segments; by default all. */
  readonly segmentIds?: readonly string[];
}

const maxRows = 200;

/** The list, with a choice of causes. */
export function Transitions({ segmentIds }: Props): ReactNode {
  const { names } = useProject();
  const followed = useMemo(
    () =>
      segmentIds ??
      names.segments.filter(({ query, archived }) => query !== undefined && !archived).map(({ id }) => id),
    [segmentIds, names],
  );
  const { transitions, problem, live } = useFeed(segmentIds, followed);
  const [cause, setCause] = useState("");
  const [isConnected, setConnected] = useState(true);
  useEffect(() => onConnection(setConnected), []);
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={() => location.reload()} />;
  if (transitions === undefined) return <Skeleton lines={8} />;
  const causes = [...new Set(transitions.map((transition) => transition.cause))];
  const shown = transitions.filter((transition) => cause === "" || transition.cause === cause);
  return (
    <div className="feed">
      <div className="page-filters">
        <select
          className="field field-small"
          aria-label={strings.feed.cause}
          value={cause}
          onChange={({ target }) => setCause(target.value)}
        >
          <option value="">{strings.feed.everyCause}</option>
          {causes.map((each) => (
            <option key={each} value={each}>
              {strings.feed.causes[each]}
            </option>
          ))}
        </select>
        <span className="hint" role="status">
          {isConnected ? (
            <>
              <span className="live-dot" aria-hidden="true" /> {strings.feed.live(live)}
            </>
          ) : (
            strings.feed.lost
          )}
        </span>
      </div>
      {shown.length === 0 ? <EmptyNote title={strings.feed.none} more={strings.feed.noneMore} /> : null}
      <ol className="feed-list">
        {shown.slice(0, maxRows).map((transition) => (
          <Row
            key={transition.id}
            transition={transition}
            segment={segmentIds?.length === 1 ? undefined : transition.segment?.name}
          />
        ))}
      </ol>
      {shown.length > maxRows ? (
        <p className="hint">{strings.feed.older(formatCount(shown.length - maxRows))}</p>
      ) : null}
    </div>
  );
}

function Row({
  transition,
  segment,
}: {
  readonly transition: Transition;
  readonly segment: string | undefined;
}): ReactNode {
  const { names } = useProject();
  const { kind, at, cause, customerId, customer, segmentId } = transition;
  const isIn = kind === "ENTERED";
  const Icon = isIn ? ArrowUpRight : ArrowDownRight;
  return (
    <li className="feed-row" data-kind={kind}>
      <Icon size={16} aria-hidden="true" />
      <span>
        <CustomerLink id={customerId} customer={customer} /> {isIn ? strings.feed.entered : strings.feed.left}
        {segment === undefined ? null : (
          <>
            {" "}
            <Link to="/segments/$id" params={{ id: segmentId }}>
              {segment}
            </Link>
          </>
        )}
      </span>
      <span className="feed-cause">{strings.feed.causes[cause]}</span>
      <time className="feed-time" dateTime={at} title={names.timezone}>
        {formatMoment(at, names.timezone)}
      </time>
    </li>
  );
}

function CustomerLink({
  id,
  customer,
}: {
  readonly id: string;
  readonly customer: Transition["customer"];
}): ReactNode {
  if (customer === null) return <span className="unknown">{strings.feed.erased}</span>;
  return (
    <Link to="/customers/$id" params={{ id }}>
      {customer.name ?? customer.email ?? customer.sourceId}
    </Link>
  );
}
