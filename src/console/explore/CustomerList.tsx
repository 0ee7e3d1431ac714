// The customers that match the sentence, with the attributes that it mentions; all of them, page by page.
import { Columns3 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useRested } from "../data/answer.js";
import { allColumns, defaultColumns, isColumn } from "../data/columns.js";
import { useCustomers } from "../data/useCustomers.js";
import { strings } from "../en.js";
import { CustomerTable } from "../parts/CustomerTable.js";
import { columnLabel } from "../parts/labels.js";
import { Popup } from "../parts/Popup.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";
import type { ExploreSearch } from "./search.js";

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
        : { of: { query }, ...(props.asOf === undefined ? {} : { asOf: props.asOf }), sortBy, descending },
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
        <CustomerTable
          rows={customers.rows}
          columns={columns}
          sorting={search}
          onSort={(sorting) => props.onChange(sorting, true)}
          hasMore={customers.hasMore}
          onMore={customers.more}
          onOpen={({ id }) => props.onChange({ who: id })}
          openId={search.who}
          asOf={props.asOf}
          ticked={props.ticked}
          onTick={props.onTick}
        />
      )}
    </section>
  );
}

function columnsOf(chosen: string | undefined, mentions: readonly string[]): readonly string[] {
  const wanted = chosen === undefined ? [...mentions, ...defaultColumns] : chosen.split(",");
  return [...new Set(wanted)].filter((name) => name !== "name" && isColumn(name)).slice(0, 8);
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
