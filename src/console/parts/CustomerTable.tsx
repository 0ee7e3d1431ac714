// Customers in rows, rendered only as far as they are scrolled to; sorted by a click on a heading.
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { type CustomerRow, cellOf } from "../data/columns.js";
import { type CustomerSortKey, sortKeys } from "../data/sorting.js";
import { strings } from "../en.js";
import { useProject } from "../shell/project.js";
import { CellView, isFigure } from "./CellView.js";
import { columnLabel } from "./labels.js";

export interface Sorting {
  readonly sort?: CustomerSortKey;
  readonly desc?: boolean;
}

interface Props {
  readonly rows: readonly CustomerRow[];
  /** Attributes, after the name. */
  readonly columns: readonly string[];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly hasMore: boolean;
  /** Called when the end is near. */
  readonly onMore: () => void;
  readonly onOpen: (customer: CustomerRow) => void;
  readonly openId?: string;
  /** The moment that "ago" counts from. */
  readonly asOf?: string;
  /** Source ids of the rows that are ticked; without it, none can be. */
  readonly ticked?: ReadonlySet<string>;
  readonly onTick?: (ticked: ReadonlySet<string>) => void;
}

const rowHeight = 41;
const fewLeft = 15;

/** The table, in a frame that scrolls. */
export function CustomerTable(props: Props): ReactNode {
  const { rows, columns, hasMore, onMore, ticked, onTick, asOf } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - fewLeft) onMore();
  }, [hasMore, last, rows.length, onMore]);
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const from = asOf === undefined ? Date.now() : Date.parse(asOf);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" ref={frame} tabIndex={0} aria-label={strings.explore.rows}>
      <table className="table">
        <thead>
          <tr>
            {ticked === undefined ? null : (
              <th className="table-tick" scope="col">
                <input
                  type="checkbox"
                  aria-label={strings.explore.tickAll}
                  checked={ticked.size > 0 && rows.every(({ sourceId }) => ticked.has(sourceId))}
                  onChange={({ target }) =>
                    onTick?.(new Set(target.checked ? rows.map(({ sourceId }) => sourceId) : []))
                  }
                />
              </th>
            )}
            {["name", ...columns].map((column) => (
              <HeaderCell key={column} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Gap height={before} columns={columns.length + 2} /> : null}
          {shown.map(({ index }) => {
            const customer = rows[index];
            return customer === undefined ? null : (
              <Row key={customer.id} customer={customer} from={from} {...props} />
            );
          })}
          {after > 0 ? <Gap height={after} columns={columns.length + 2} /> : null}
        </tbody>
      </table>
    </section>
  );
}

/** The rows that are not drawn, as one. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }): ReactNode {
  return (
    <tr className="table-gap">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function HeaderCell({ column, sorting, rows, onSort }: Props & { readonly column: string }): ReactNode {
  const key = sortKeys[column];
  const isSorted = key !== undefined && sorting.sort === key;
  const figure = rows.some((row) => isFigure(cellOf(column, row)));
  const label = columnLabel(column);
  const className = figure ? "table-figure" : undefined;
  if (key === undefined) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const isDescending = sorting.desc === true;
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  // Figures begin with the greatest; a second click reverses the order, a third removes it.
  const next = (): Sorting => {
    if (!isSorted) return { sort: key, desc: figure ? true : undefined };
    if (isDescending === figure) return { sort: key, desc: isDescending ? undefined : true };
    return { sort: undefined, desc: undefined };
  };
  return (
    <th
      scope="col"
      className={className}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : "none"}
    >
      <button type="button" className="table-sort" onClick={() => onSort(next())}>
        {label}
        {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </th>
  );
}

function Row(props: Props & { readonly customer: CustomerRow; readonly from: number }): ReactNode {
  const { customer, columns, openId, ticked, onTick, onOpen, from } = props;
  const { names } = useProject();
  const name = customer.name ?? customer.email ?? customer.sourceId;
  const isOpen = openId === customer.id;
  const toggle = (): void => {
    const next = new Set(ticked);
    if (!next.delete(customer.sourceId)) next.add(customer.sourceId);
    onTick?.(next);
  };
  return (
    <tr data-open={isOpen}>
      {ticked === undefined ? null : (
        <td className="table-tick">
          <input
            type="checkbox"
            aria-label={strings.explore.tick(name)}
            checked={ticked.has(customer.sourceId)}
            onChange={toggle}
          />
        </td>
      )}
      <th scope="row">
        <button type="button" className="table-name" onClick={() => onOpen(customer)} aria-expanded={isOpen}>
          {name}
        </button>
      </th>
      {columns.map((column) => {
        const cell = cellOf(column, customer);
        return (
          <td key={column} className={isFigure(cell) ? "table-figure" : undefined}>
            <CellView cell={cell} timezone={names.timezone} from={from} />
          </td>
        );
      })}
    </tr>
  );
}
