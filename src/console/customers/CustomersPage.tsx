// Customers, searched by name, e-mail, phone or id.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { searchSentence } from "../audience/search-sentence.js";
import { useRested } from "../data/answer.js";
import { useCustomers } from "../data/useCustomers.js";
import { strings } from "../en.js";
import { CustomerTable, type Sorting } from "../parts/CustomerTable.js";
import { formatCount } from "../parts/format.js";
import { Page } from "../parts/Page.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";
import { useProject } from "../shell/project.js";

const columns = ["email", "country", "city", "orders.count", "orders.total_amount", "orders.last_at"];

/** The page. */
export function CustomersPage(): ReactNode {
  const { search = "" } = useSearch({ from: "/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const { everyone } = useProject();
  const [typed, setTyped] = useState(search);
  const [sorting, setSorting] = useState<Sorting>({});
  const rested = useRested(typed, 200);
  useEffect(() => {
    void navigate({ search: rested === "" ? {} : { search: rested }, replace: true });
  }, [rested, navigate]);
  const question = useMemo(
    () => ({
      of: { query: searchSentence(rested) },
      sortBy: sorting.sort ?? ("SOURCE_ID" as const),
      descending: sorting.desc === true,
    }),
    [rested, sorting],
  );
  const customers = useCustomers(question);
  return (
    <Page title={strings.nav.customers}>
      <div className="page-filters">
        <input
          className="field"
          type="search"
          placeholder={strings.customers.search}
          aria-label={strings.customers.search}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {everyone === undefined ? null : (
          <span className="hint">{strings.customers.all(formatCount(everyone))}</span>
        )}
      </div>
      {customers.problem === undefined ? null : (
        <FailureNote failure={{ kind: "refused", message: customers.problem }} retry={customers.retry} />
      )}
      {customers.isKnown ? null : <Skeleton lines={10} />}
      {customers.isKnown && customers.rows.length === 0 ? (
        <EmptyNote
          title={rested === "" ? strings.explore.nobodyYet : strings.customers.noneFound}
          more={rested === "" ? strings.explore.nobodyYetMore : strings.customers.noneFoundMore}
        />
      ) : null}
      {customers.rows.length === 0 ? null : (
        <div className="fill" data-stale={customers.isStale}>
          <CustomerTable
            rows={customers.rows}
            columns={columns}
            sorting={sorting}
            onSort={setSorting}
            hasMore={customers.hasMore}
            onMore={customers.more}
            onOpen={({ id }) => void navigate({ to: "/customers/$id", params: { id } })}
          />
        </div>
      )}
    </Page>
  );
}
