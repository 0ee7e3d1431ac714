// Who the customers of the sentence are: how they are spread over an attribute, against everyone.
import { type ReactNode, useEffect, useState } from "react";
import { useRested } from "../data/answer.js";
import { type Bar, readSpread, spreadAttributes } from "../data/distribution.js";
import { strings } from "../en.js";
import { formatCount, formatMoney, formatShare } from "../parts/format.js";
import { columnLabel } from "../parts/labels.js";
import { Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import { Costs } from "./Costs.js";

interface Props {
  readonly query: string | undefined;
  readonly isBehind: boolean;
  readonly asOf: string | undefined;
  readonly mentions: readonly string[];
}

/** How long the bars wait for the next key, in milliseconds: they come last. */
const barsRestMs = 600;

type Shown =
  | { readonly key: string; readonly bars: readonly Bar[] }
  | { readonly key: string; readonly problem: string };

/** The bars, and what the query costs. */
export function WhoTheyAre({ query, isBehind, asOf, mentions }: Props): ReactNode {
  const { names } = useProject();
  const attributes = spreadAttributes(names);
  const [chosen, setChosen] = useState<string>();
  const attribute = chosen ?? firstOther(attributes, mentions);
  const rested = useRested(query, barsRestMs);
  const [shown, setShown] = useState<Shown>();
  const key = JSON.stringify([rested, attribute, asOf]);
  useEffect(() => {
    if (rested === undefined) return;
    let isOver = false;
    const money = (amount: number): string => formatMoney(amount, names.currency, true);
    readSpread(names, attribute, rested, asOf, money).then(
      (bars) => isOver || setShown({ key: JSON.stringify([rested, attribute, asOf]), bars }),
      (error: Error) =>
        isOver || setShown({ key: JSON.stringify([rested, attribute, asOf]), problem: error.message }),
    );
    return () => {
      isOver = true;
    };
  }, [names, attribute, rested, asOf]);
  return (
    <section className="who" aria-label={strings.explore.who} data-stale={isBehind || shown?.key !== key}>
      <header className="list-header">
        <h2>{strings.explore.who}</h2>
        <select
          className="field field-small"
          aria-label={strings.explore.attribute}
          value={attribute}
          onChange={({ target }) => setChosen(target.value)}
        >
          {attributes.map((name) => (
            <option key={name} value={name}>
              {columnLabel(name)}
            </option>
          ))}
        </select>
      </header>
      <p className="hint">{strings.explore.whoMore}</p>
      {shown === undefined ? <Skeleton lines={6} /> : null}
      {shown !== undefined && "problem" in shown ? <p className="problem">{shown.problem}</p> : null}
      {shown !== undefined && "bars" in shown ? <Bars bars={shown.bars} /> : null}
      {/* After the bars, which would move it. */}
      {shown === undefined || query === undefined || query === "" ? null : (
        <Costs query={query} asOf={asOf} />
      )}
    </section>
  );
}

/** An attribute that the sentence does not fix already, since its bars would say nothing. */
function firstOther(attributes: readonly string[], mentions: readonly string[]): string {
  return attributes.find((name) => !mentions.includes(name)) ?? "country";
}

function Bars({ bars }: { readonly bars: readonly Bar[] }): ReactNode {
  const shownBars = bars.filter(({ everyone }) => everyone > 0);
  const counted = shownBars.reduce((sum, { count }) => sum + count, 0);
  const all = shownBars.reduce((sum, { everyone }) => sum + everyone, 0);
  const shares = shownBars.map(({ count, everyone }) => ({
    these: counted === 0 ? 0 : count / counted,
    everyone: all === 0 ? 0 : everyone / all,
  }));
  const widest = Math.max(0.01, ...shares.flatMap(({ these, everyone }) => [these, everyone]));
  return (
    <table className="bars">
      <thead className="hidden">
        <tr>
          <th scope="col">{strings.explore.attribute}</th>
          <th scope="col">{strings.explore.list}</th>
          <th scope="col">{strings.explore.everyone}</th>
        </tr>
      </thead>
      <tbody>
        {shownBars.map(({ label, count }, index) => {
          const { these = 0, everyone = 0 } = shares[index] ?? {};
          return (
            <tr
              key={label}
              title={`${formatShare(these)}; ${strings.explore.everyone} ${formatShare(everyone)}`}
            >
              <th scope="row">{label}</th>
              <td className="bar-cell">
                <span className="bar bar-these" style={{ width: `${(100 * these) / widest}%` }} />
                <span className="bar bar-everyone" style={{ width: `${(100 * everyone) / widest}%` }} />
                <span className="hidden">{formatShare(these)}</span>
              </td>
              <td className="bar-figure">
                {formatCount(count)}
                <span className="hidden">
                  ; {strings.explore.everyone} {formatShare(everyone)}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
