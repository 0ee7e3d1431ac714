// The customers whom the sentence means, with the attributes that it mentions; all of them, page by page.
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useRested } from "../data/answer.js";
import { allColumns, type CustomerRow, cellOf, isColumn, usualColumns } from "../data/columns.js";
import { sortKeys } from "../data/sorting.js";
import { strings } from "../en.js";
import { CellView, isFigure } from "../parts/CellView.js";
import { columnLabel } from "../parts/labels.js";
import { Popup } from "../parts/overlays.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import type { ExploreSearch } from "./search.js";
import { type Customers, useCustomers } from "./useCustomers.js";

interface Props {
  readonly query: string | undefined;
  readonly isBehind: boolean;
  readonly asOf: string | undefined;
  readonly mentions: readonly string[];
  readonly search: ExploreSearch;
  readonly onChange: (changes: Partial<ExploreSearch>, replace?: boolean) => void;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

/** How long the list waits for the next key, in milliseconds: the count goes first. */
const listRestMs = 160;

/** The list. */
export function CustomerList(props: Props): ReactNode {
  const { search, mentions, isBehind } = props;
  const query = useRested(props.query, listRestMs);
  const sortBy = search.sort ?? "SOURCE_ID";
  const descending = search.desc === true;
  const question = useMemo(
    () =>
      query === undefined
        ? undefined
        : { query, ...(props.asOf === undefined ? {} : { asOf: props.asOf }), sortBy, descending },
    [query, props.asOf, sortBy, descending],
  );
  const customers = useCustomers(question);
  const columns = useMemo(() => columnsOf(search.cols, mentions), [search.cols, mentions]);
  const isEmpty = customers.isKnown && !customers.isStale && customers.rows.length === 0;
  return (
    <section className="list" aria-label={strings.explore.list} data-stale={isBehind || customers.isStale}>
      <header className="list-header">
        <h2>{strings.explore.list}</h2>
        <ColumnsPopup columns={columns} onChange={(cols) => props.onChange({ cols }, true)} />
      </header>
      {customers.problem === undefined ? null : (
        <FailureNote failure={{ kind: "refused", message: customers.problem }} retry={customers.retry} />
      )}
      {!customers.isKnown && customers.problem === undefined ? <Skeleton lines={10} /> : null}
      {isEmpty ? (
        <EmptyNote
          title={query === "" ? strings.explore.nobodyYet : strings.explore.none}
          more={query === "" ? strings.explore.nobodyYetMore : strings.explore.noneMore}
        />
      ) : null}
      {customers.rows.length === 0 ? null : (
        <CustomerTable {...props} customers={customers} columns={columns} />
      )}
    </section>
  );
}

function columnsOf(chosen: string | undefined, mentions: readonly string[]): readonly string[] {
  const wanted = chosen === undefined ? [...mentions, ...usualColumns] : chosen.split(",");
  return [...new Set(wanted)].filter((name) => name !== "name" && isColumn(name)).slice(0, 8);
}

const rowHeight = 41;

interface TableProps extends Props {
  readonly customers: Customers;
  readonly columns: readonly string[];
}

function CustomerTable(props: TableProps): ReactNode {
  const { customers, columns, search, onChange, ticked, onTick, asOf } = props;
  const { rows, hasMore, more } = customers;
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
    if (hasMore && last >= rows.length - 15) more();
  }, [hasMore, last, rows.length, more]);
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const from = asOf === undefined ? Date.now() : Date.parse(asOf);
  const toggle = (sourceId: string): void => {
    const next = new Set(ticked);
    if (!next.delete(sourceId)) next.add(sourceId);
    onTick(next);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="table-frame" ref={frame} tabIndex={0} aria-label={strings.explore.list}>
      <table className="table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th className="table-tick" scope="col">
              <input
                type="checkbox"
                aria-label={strings.explore.tickAll}
                checked={ticked.size > 0 && rows.every(({ sourceId }) => ticked.has(sourceId))}
                onChange={({ target }) =>
                  onTick(new Set(target.checked ? rows.map(({ sourceId }) => sourceId) : []))
                }
              />
            </th>
            {["name", ...columns].map((column) => (
              <HeaderCell key={column} column={column} search={search} onChange={onChange} rows={rows} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden="true" style={{ height: before }} /> : null}
          {shown.map(({ index }) => {
            const customer = rows[index];
            if (customer === undefined) return null;
            return (
              <Row
                key={customer.id}
                customer={customer}
                columns={columns}
                isOpen={search.who === customer.id}
                isTicked={ticked.has(customer.sourceId)}
                onOpen={() => onChange({ who: customer.id })}
                onTick={() => toggle(customer.sourceId)}
                from={from}
              />
            );
          })}
          {after > 0 ? <tr aria-hidden="true" style={{ height: after }} /> : null}
        </tbody>
      </table>
    </section>
  );
}

interface HeaderProps {
  readonly column: string;
  readonly search: ExploreSearch;
  readonly rows: readonly CustomerRow[];
  readonly onChange: Props["onChange"];
}

function HeaderCell({ column, search, rows, onChange }: HeaderProps): ReactNode {
  const key = sortKeys[column];
  const isSorted = key !== undefined && search.sort === key;
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
  const isDescending = search.desc === true;
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  const next = (): Partial<ExploreSearch> => {
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
      <button type="button" className="table-sort" onClick={() => onChange(next(), true)}>
        {label}
        {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </th>
  );
}

interface RowProps {
  readonly customer: CustomerRow;
  readonly columns: readonly string[];
  readonly isOpen: boolean;
  readonly isTicked: boolean;
  readonly onOpen: () => void;
  readonly onTick: () => void;
  readonly from: number;
}

function Row({ customer, columns, isOpen, isTicked, onOpen, onTick, from }: RowProps): ReactNode {
  const { names } = useProject();
  const name = customer.name ?? customer.email ?? customer.sourceId;
  return (
    <tr data-open={isOpen}>
      <td className="table-tick">
        <input type="checkbox" aria-label={strings.explore.tick(name)} checked={isTicked} onChange={onTick} />
      </td>
      <th scope="row">
        <button type="button" className="table-name" onClick={onOpen} aria-expanded={isOpen}>
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

interface ColumnsProps {
  readonly columns: readonly string[];
  readonly onChange: (cols: string | undefined) => void;
}

function ColumnsPopup({ columns, onChange }: ColumnsProps): ReactNode {
  const { names } = useProject();
  const all = allColumns(names.customerMetadata.map(({ name }) => name)).filter((name) => name !== "name");
  const toggle = (name: string): void => {
    const next = columns.includes(name) ? columns.filter((other) => other !== name) : [...columns, name];
    onChange(next.length === 0 ? undefined : next.join(","));
  };
  return (
    <Popup
      title={strings.explore.columns}
      button={
        <>
          <Columns3 size={15} aria-hidden="true" /> {strings.explore.columns}
        </>
      }
    >
      {() => (
        <ul className="choices choices-ticks">
          {all.map((name) => (
            <li key={name}>
              <label className="tick">
                <input type="checkbox" checked={columns.includes(name)} onChange={() => toggle(name)} />
                {columnLabel(name)}
              </label>
            </li>
          ))}
        </ul>
      )}
    </Popup>
  );
}
