// A value of a customer, as a list or a profile shows it.
import type { ReactNode } from "react";
import type { Cell } from "../data/columns.js";
import { strings } from "../en.js";
import { formatAgo, formatCount, formatMoment, formatMoney, formatPlainDay } from "./format.js";

interface Props {
  readonly cell: Cell | undefined;
  readonly timezone: string;
  /** The moment that "ago" counts from, in milliseconds since the epoch. */
  readonly from: number;
}

/** How many elements of a set are named before the rest is counted. */
const maxElements = 3;

/** One value; a dash if it is unknown. */
export function CellView({ cell, timezone, from }: Props): ReactNode {
  if (cell === undefined) return <span className="unknown">{strings.state.unknown}</span>;
  switch (cell.kind) {
    case "text":
      return cell.text;
    case "count":
      return <span className="figure">{formatCount(cell.count)}</span>;
    case "money":
      return <span className="figure">{formatMoney(cell.amount, cell.currency)}</span>;
    case "moment":
      return (
        <time dateTime={cell.moment} title={`${formatMoment(cell.moment, timezone)} (${timezone})`}>
          {formatAgo(cell.moment, from)}
        </time>
      );
    case "day":
      return <time dateTime={cell.day}>{formatPlainDay(cell.day)}</time>;
    case "truth":
      return cell.truth ? strings.state.yes : strings.state.no;
    case "set": {
      const { elements } = cell;
      if (elements.length === 0) return <span className="unknown">{strings.state.unknown}</span>;
      const rest = elements.length - maxElements;
      return `${elements.slice(0, maxElements).join(", ")}${rest > 0 ? ` +${formatCount(rest)}` : ""}`;
    }
    default:
      return cell satisfies never;
  }
}

/** True of a value that is right-aligned in its column. */
export function isFigure(cell: Cell | undefined): boolean {
  return cell?.kind === "count" || cell?.kind === "money";
}
