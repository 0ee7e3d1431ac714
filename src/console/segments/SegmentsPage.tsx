// All segments: their sizes, how these changed, and what uses them.
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useRested } from "../data/answer.js";
import { type ListedSegment, useSegments, useSizes } from "../data/segments.js";
import { strings } from "../en.js";
import { formatAgo, formatCount } from "../parts/format.js";
import { Page } from "../parts/Page.js";
import { SparkLine } from "../parts/SparkLine.js";
import { EmptyNote, FailureNote, Skeleton, SlowNote } from "../parts/states.js";
import { Overlap } from "./Overlap.js";

/** The page. */
export function SegmentsPage(): ReactNode {
  const search = useSearch({ from: "/segments" });
  const navigate = useNavigate({ from: "/segments" });
  const [typed, setTyped] = useState(search.search ?? "");
  const rested = useRested(typed, 200);
  const archived = search.archived === true;
  const answer = useSegments(rested, archived);
  const segments = answer.data?.segments.nodes;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Page
      title={strings.nav.segments}
      actions={
        <Link to="/" className="button button-main">
          <Compass size={15} aria-hidden="true" /> {strings.segments.make}
        </Link>
      }
    >
      <div className="page-filters">
        <input
          className="field"
          type="search"
          placeholder={strings.segments.search}
          aria-label={strings.segments.search}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={archived}
            onChange={({ target }) => void navigate({ search: target.checked ? { archived: true } : {} })}
          />
          {strings.segments.archivedOnly}
        </label>
      </div>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {segments === undefined ? <Skeleton lines={6} /> : null}
      {segments?.length === 0 ? (
        <EmptyNote
          title={rested === "" && !archived ? strings.segments.none : strings.segments.noneFound}
          more={rested === "" && !archived ? strings.segments.noneMore : undefined}
        >
          {rested === "" && !archived ? (
            <Link to="/" className="button">
              {strings.state.home}
            </Link>
          ) : null}
        </EmptyNote>
      ) : null}
      {segments === undefined || segments.length === 0 ? null : (
        <SegmentTable segments={segments} chosen={chosen} onChoose={toggle} />
      )}
      {chosen.size >= 2 ? <Overlap ids={[...chosen].slice(0, 6)} /> : null}
    </Page>
  );
}

interface TableProps {
  readonly segments: readonly ListedSegment[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string) => void;
}

function SegmentTable({ segments, chosen, onChoose }: TableProps): ReactNode {
  const { columns } = strings.segments;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" tabIndex={0} aria-label={strings.segments.rows}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="table-tick">
              <span className="hidden">{strings.segments.compare}</span>
            </th>
            <th scope="col">{columns.name}</th>
            <th scope="col" className="table-figure">
              {columns.size}
            </th>
            <th scope="col">{columns.days}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.changed}</th>
            <th scope="col">{columns.usedIn}</th>
          </tr>
        </thead>
        <tbody>
          {segments.map((segment) => (
            <tr key={segment.id}>
              <td className="table-tick">
                <input
                  type="checkbox"
                  aria-label={strings.segments.compareWith(segment.name)}
                  checked={chosen.has(segment.id)}
                  disabled={!chosen.has(segment.id) && chosen.size >= 6}
                  onChange={() => onChoose(segment.id)}
                />
              </td>
              <th scope="row">
                <Link to="/segments/$id" params={{ id: segment.id }} className="table-link">
                  {segment.name}
                </Link>
                <span className="table-sub">{segment.query ?? segment.foundBy ?? ""}</span>
              </th>
              <td className="table-figure">{formatCount(segment.membersCount)}</td>
              <td>
                <Days segment={segment} />
              </td>
              <td>
                <SegmentState segment={segment} />
              </td>
              <td>{formatAgo(segment.updatedAt, Date.now())}</td>
              <td>{segment.usedIn.nodes.map(({ name }) => name).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const daysShown = 30;

function Days({ segment }: { readonly segment: ListedSegment }): ReactNode {
  const { sizes } = useSizes(segment.id, daysShown, Date.parse(segment.createdAt));
  if (sizes === undefined) return null;
  return <SparkLine values={sizes.map(({ size }) => size)} label={strings.segments.lineOf(segment.name)} />;
}

/** The kind of a segment, and the state of its membership. */
export function SegmentState({
  segment: { kind, status, progress },
}: {
  readonly segment: Pick<ListedSegment, "kind" | "status" | "progress">;
}): ReactNode {
  if (kind === "STATIC") return strings.segments.static;
  if (status === "POPULATING" && progress !== null && progress.total !== null)
    return strings.segments.populating(formatCount(progress.done), formatCount(progress.total));
  return status === "LIVE" ? strings.segments.live : strings.segments.auto;
}
