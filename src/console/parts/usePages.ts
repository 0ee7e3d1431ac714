// A list that is read page by page.
import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../data/client.js";

interface PageOf<Row> {
  readonly nodes: readonly Row[];
  readonly totalCount?: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Ask = typeof ask;

export interface Pages<Row> {
  /** Undefined until the first page is read. */
  readonly rows?: readonly Row[];
  /** Number of rows on all pages, if it is known. */
  readonly total?: number;
  readonly problem?: string;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  /** Reads the list again from its beginning. */
  readonly again: () => void;
}

interface Known<Row> {
  /** Of the list that the rest is about. */
  readonly key: string;
  readonly rows?: readonly Row[];
  readonly total?: number;
  readonly problem?: string;
  /** The cursor of the next page; null if there is none. */
  readonly next: string | null;
}

/**
 * @param read reads the page after a cursor; undefined if there is no such list.
 * @param key identifies the list: another begins from the beginning.
 */
export function usePages<Row>(
  read: (ask: Ask, after: string | null) => Promise<PageOf<Row> | undefined>,
  key: string,
): Pages<Row> {
  const [known, setKnown] = useState<Known<Row>>({ key, next: null });
  const [isBusy, setBusy] = useState(true);
  const list = useRef({ read, key });
  list.current = { read, key };
  const turn = useRef(0);
  const load = useCallback(async (after: string | null) => {
    turn.current += 1;
    const mine = turn.current;
    const { read: readPage, key: keyRead } = list.current;
    setBusy(true);
    try {
      const page = await readPage((document, variables) => ask(document, variables, true), after);
      if (mine !== turn.current) return;
      setKnown((before) => ({
        key: keyRead,
        rows: [...(after === null ? [] : (before.rows ?? [])), ...(page?.nodes ?? [])],
        ...(page?.totalCount == null ? {} : { total: page.totalCount }),
        next: page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null,
      }));
    } catch (error) {
      if (mine !== turn.current) return;
      const problem = error instanceof Error ? error.message : String(error);
      setKnown((before) => ({
        ...(before.key === keyRead ? before : { next: null }),
        key: keyRead,
        problem,
      }));
    }
    setBusy(false);
  }, []);
  const again = useCallback(() => void load(null), [load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list.
  useEffect(() => void load(null), [load, key]);
  // Rows of one list are never shown as those of another.
  const isOfList = known.key === key;
  const { key: _, next, ...shown }: Known<Row> = isOfList ? known : { key, next: null };
  return {
    ...shown,
    isLoading: isBusy || !isOfList,
    hasMore: next !== null,
    more: () => void load(next),
    again,
  };
}
