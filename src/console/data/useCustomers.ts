// A list of customers that grows page by page; a new question begins a new list, and the former rows remain until it arrives.
import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "./client.js";
import type { CustomerRow } from "./columns.js";
import { AudienceListDocument, EveryoneListDocument, SegmentMembersDocument } from "./generated.js";
import type { CustomerSortKey } from "./sorting.js";

export interface ListQuestion {
  /** A sentence, empty for everyone; or the id of a segment whose members are listed. */
  readonly of: { readonly query: string } | { readonly segmentId: string };
  readonly asOf?: string;
  readonly sortBy: CustomerSortKey;
  readonly descending: boolean;
}

interface Page {
  readonly nodes: readonly CustomerRow[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Customers {
  readonly rows: readonly CustomerRow[];
  readonly isStale: boolean;
  readonly isLoading: boolean;
  /** True once a first page was shown. */
  readonly isKnown: boolean;
  readonly hasMore: boolean;
  readonly problem?: string;
  readonly more: () => void;
  readonly retry: () => void;
}

const pageSize = 50;

const emptyPage: Page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

async function readPage(question: ListQuestion, after: string | null): Promise<Page> {
  const { of, asOf, sortBy, descending } = question;
  const place = { first: pageSize, after, sortBy, descending };
  if ("segmentId" in of) {
    const variables = { id: of.segmentId, asOf: asOf ?? null, ...place };
    const { segment } = await ask(SegmentMembersDocument, variables, true);
    return segment?.members ?? emptyPage;
  }
  const { query } = of;
  if (query === "") return (await ask(EveryoneListDocument, { query: null, ...place }, true)).customers;
  const { segmentPreview } = await ask(AudienceListDocument, { query, asOf: asOf ?? null, ...place }, true);
  return segmentPreview.customers;
}

interface Shown {
  readonly key: string;
  readonly rows: readonly CustomerRow[];
  readonly cursor: string | null;
  readonly hasMore: boolean;
  readonly problem?: string;
}

/** The list of a question; undefined if there is none yet. */
export function useCustomers(question: ListQuestion | undefined): Customers {
  const key = question === undefined ? "" : JSON.stringify(question);
  const [shown, setShown] = useState<Shown>({ key: "", rows: [], cursor: null, hasMore: false });
  const [isLoading, setLoading] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const present = useRef(key);
  present.current = key;
  const asked = useRef(question);
  asked.current = question;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question, and an attempt asks once more.
  useEffect(() => {
    const wanted = asked.current;
    if (wanted === undefined) return;
    setLoading(true);
    readPage(wanted, null).then(
      ({ nodes, pageInfo }) => {
        if (present.current !== key) return;
        setShown({ key, rows: nodes, cursor: pageInfo.endCursor, hasMore: pageInfo.hasNextPage });
        setLoading(false);
      },
      (error: Error) => {
        if (present.current !== key) return;
        setShown((before) => ({ ...before, problem: error.message }));
        setLoading(false);
      },
    );
  }, [key, attempt]);

  const more = useCallback(() => {
    const wanted = asked.current;
    if (wanted === undefined || isLoading || !shown.hasMore || shown.key !== key) return;
    setLoading(true);
    readPage(wanted, shown.cursor).then(
      ({ nodes, pageInfo }) => {
        setLoading(false);
        if (present.current !== key) return;
        setShown((before) => ({
          key,
          rows: [...before.rows, ...nodes],
          cursor: pageInfo.endCursor,
          hasMore: pageInfo.hasNextPage,
        }));
      },
      (error: Error) => {
        setLoading(false);
        setShown((before) => ({ ...before, problem: error.message }));
      },
    );
  }, [key, isLoading, shown]);
  const retry = useCallback(() => {
    setShown(({ problem: _problem, ...before }) => before);
    setAttempt((count) => count + 1);
  }, []);
  return {
    rows: shown.rows,
    isStale: shown.key !== key,
    isLoading,
    isKnown: shown.key !== "",
    hasMore: shown.hasMore,
    ...(shown.problem === undefined ? {} : { problem: shown.problem }),
    more,
    retry,
  };
}
