// How some segments overlap: each region with customers in it.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { quoted } from "../../../grammar/format.js";
import { useAnswer } from "../data/answer.js";
import { SegmentOverlapDocument } from "../data/generated.js";
import { strings } from "../en.js";
import { formatCount, formatShare } from "../parts/format.js";
import { Section } from "../parts/Page.js";
import { FailureNote, Skeleton, SlowNote } from "../parts/states.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The customers who are in exactly these segments, in words. */
function regionName(segments: readonly Named[], compared: number): string {
  const names = new Intl.ListFormat(undefined, { type: "conjunction" }).format(
    segments.map(({ name }) => name),
  );
  if (segments.length === compared) return strings.segments.inEach(compared, names);
  return strings.segments.inOnly(names);
}

/** The same as a sentence. */
function regionQuery(segments: readonly Named[], sizes: readonly { readonly segment: Named }[]): string {
  const ids = new Set(segments.map(({ id }) => id));
  return sizes
    .map(({ segment: { id, name } }) => `${ids.has(id) ? "" : "not "}in segment ${quoted(name)}`)
    .join(" and ");
}

/** The regions of 2 to 6 segments, the largest first. */
export function Overlap({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const answer = useAnswer(SegmentOverlapDocument, { ids });
  const overlap = answer.data?.segmentOverlap;
  const most = Math.max(1, ...(overlap?.regions.map(({ count }) => count) ?? []));
  return (
    <Section title={strings.segments.overlap}>
      <SlowNote answer={answer} />
      {answer.failure === undefined ? null : <FailureNote failure={answer.failure} retry={answer.retry} />}
      {overlap === undefined ? (
        <Skeleton lines={4} />
      ) : (
        <>
          <p className="hint">
            {strings.segments.inAny(formatCount(overlap.inAny), formatCount(overlap.inAll))}
          </p>
          <table className="bars bars-wide">
            <thead className="hidden">
              <tr>
                <th scope="col">{strings.nav.segments}</th>
                <th scope="col">{strings.explore.list}</th>
                <th scope="col">{strings.segments.columns.size}</th>
              </tr>
            </thead>
            <tbody>
              {overlap.regions
                .toSorted((one, other) => other.count - one.count)
                .map(({ segments, count }) => (
                  <tr key={segments.map(({ id }) => id).join()}>
                    <th scope="row">
                      <Link
                        to="/"
                        search={{ q: regionQuery(segments, overlap.sizes) }}
                        className="table-link"
                      >
                        {regionName(segments, overlap.sizes.length)}
                      </Link>
                    </th>
                    <td className="bar-cell">
                      <span className="bar bar-these" style={{ width: `${(100 * count) / most}%` }} />
                      <span className="hidden">{formatShare(count / Math.max(1, overlap.inAny))}</span>
                    </td>
                    <td className="bar-figure">{formatCount(count)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
    </Section>
  );
}
