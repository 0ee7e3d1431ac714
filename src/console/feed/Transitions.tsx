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
import { FeedFilters, firstDayOf, type ShownFilter } from "./FeedFilters.js";

interface Props {
  /** The segments; by default all. */
  readonly segmentIds?: readonly string[];
}

const maxRows = 200;

/** The list, with choices of what it shows. */
export function Transitions({ segmentIds }: Props): ReactNode {
  const { names } = useProject();
  const [filter, setFilter] = useState<ShownFilter>({});
  const { segmentId, kind, cause, period } = filter;
  const wanted = useMemo(
    () => segmentIds ?? (segmentId === undefined ? undefined : [segmentId]),
    [segmentIds, segmentId],
  );
  const followed = useMemo(
    () =>
      wanted ??
      names.segments.filter(({ query, archived }) => query !== undefined && !archived).map(({ id }) => id),
    [wanted, names],
  );
  const since = period === undefined ? undefined : firstDayOf(period, Date.now(), names.timezone);
  const { transitions, problem, live } = useFeed(wanted, followed, {
    timezone: names.timezone,
    ...(kind === undefined ? {} : { kind }),
    ...(cause === undefined ? {} : { cause }),
    ...(since === undefined ? {} : { since }),
  });
  const [isConnected, setConnected] = useState(true);
  useEffect(() => onConnection(setConnected), []);
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={() => location.reload()} />;
  const isFiltered = Object.values(filter).some((part) => part !== undefined);
  return (
    <div className="feed">
      <div className="page-filters">
        <FeedFilters filter={filter} onChange={setFilter} isOfOneSegment={segmentIds !== undefined} />
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
      {transitions === undefined ? <Skeleton lines={8} /> : null}
      {transitions?.length === 0 ? (
        <EmptyNote
          title={isFiltered ? strings.feed.noneSuch : strings.feed.none}
          more={isFiltered ? strings.feed.noneSuchMore : strings.feed.noneMore}
        />
      ) : null}
      <ol className="feed-list">
        {transitions?.slice(0, maxRows).map((transition) => (
          <Row
            key={transition.id}
            transition={transition}
            segment={segmentIds?.length === 1 ? undefined : transition.segment?.name}
          />
        ))}
      </ol>
      {transitions !== undefined && transitions.length > maxRows ? (
        <p className="hint">{strings.feed.older(formatCount(transitions.length - maxRows))}</p>
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
