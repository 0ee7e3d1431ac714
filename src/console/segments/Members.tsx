// The members of a segment, now.
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { defaultColumns } from "../data/columns.js";
import { useCustomers } from "../data/useCustomers.js";
import { strings } from "../en.js";
import { CustomerTable, type Sorting } from "../parts/CustomerTable.js";
import { EmptyNote, FailureNote, Skeleton } from "../parts/states.js";

/** All of them, page by page. */
export function Members({ segmentId }: { readonly segmentId: string }): ReactNode {
  const navigate = useNavigate();
  const [sorting, setSorting] = useState<Sorting>({});
  const question = useMemo(
    () => ({
      of: { segmentId },
      sortBy: sorting.sort ?? ("SOURCE_ID" as const),
      descending: sorting.desc === true,
    }),
    [segmentId, sorting],
  );
  const members = useCustomers(question);
  if (members.problem !== undefined)
    return <FailureNote failure={{ kind: "refused", message: members.problem }} retry={members.retry} />;
  if (!members.isKnown) return <Skeleton lines={8} />;
  if (members.rows.length === 0)
    return <EmptyNote title={strings.segments.nobody} more={strings.segments.nobodyMore} />;
  return (
    <CustomerTable
      rows={members.rows}
      columns={["email", ...defaultColumns]}
      sorting={sorting}
      onSort={setSorting}
      hasMore={members.hasMore}
      onMore={members.more}
      onOpen={({ id }) => void navigate({ to: "/customers/$id", params: { id } })}
    />
  );
}
