// How large a segment was, day by day. The chart's code is loaded when the first chart is shown.
import { type ReactNode, useEffect, useRef } from "react";
import { type SizeAt, useSizes } from "../data/segments.js";
import { strings } from "../en.js";
import { formatCount, formatDay } from "../parts/format.js";
import { FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";

interface Props {
  readonly segmentId: string;
  /** When the segment was made, in milliseconds since the epoch. */
  readonly since: number;
  readonly name: string;
}

const daysShown = 90;

/** The chart, and the same data as a table for screen readers. */
export function Growth({ segmentId, since, name }: Props): ReactNode {
  const { names } = useProject();
  const { sizes, problem, refresh } = useSizes(segmentId, daysShown, since);
  if (problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: problem }} retry={refresh} />;
  if (sizes === undefined) return <Skeleton lines={6} />;
  if (sizes.length < 2) return <p className="hint">{strings.segments.youngLine}</p>;
  return (
    <figure className="growth">
      <Chart sizes={sizes} label={strings.segments.lineOf(name)} />
      <details>
        <summary>{strings.segments.asTable}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{strings.part.day}</th>
              <th scope="col" className="table-figure">
                {strings.segments.columns.size}
              </th>
            </tr>
          </thead>
          <tbody>
            {sizes.toReversed().map(({ at, size }) => (
              <tr key={at}>
                <th scope="row">{formatDay(at, names.timezone)}</th>
                <td className="table-figure">{formatCount(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Chart({ sizes, label }: { readonly sizes: readonly SizeAt[]; readonly label: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isOver = false;
    const points = sizes.map(({ at, size }) => ({ at: new Date(at), size }));
    void import("@observablehq/plot").then((Plot) => {
      if (isOver || place.current === null) return;
      const chart = Plot.plot({
        width: place.current.clientWidth,
        height: 280,
        marginLeft: 56,
        ariaLabel: label,
        style: { background: "none", fontFamily: "inherit", fontSize: "12px" },
        x: { label: null },
        y: {
          label: null,
          grid: true,
          zero: true,
          nice: true,
          tickFormat: (size: number) => formatCount(size),
        },
        marks: [
          Plot.areaY(points, { x: "at", y: "size", fill: "var(--accent-ground)" }),
          Plot.lineY(points, { x: "at", y: "size", stroke: "var(--accent-strong)", strokeWidth: 2 }),
        ],
      });
      place.current.replaceChildren(chart);
    });
    return () => {
      isOver = true;
    };
  }, [sizes, label]);
  return <div className="chart" ref={place} />;
}
