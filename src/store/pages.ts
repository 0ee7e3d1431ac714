// Reads all of a project in pages, so that memory does not grow with the project.
import type { CollectionName, DocumentOf } from "../documents/collections.js";
import type { Store } from "./port.js";
import type { ReadOptions } from "./read-options.js";
import type { CustomerIdentity } from "./reads/customers.js";

/** How many documents a page holds. */
const pageSize = 2_000;

type Identified = { readonly _id: string };

/** Pages of rows by `_id`, each after the last row of the page before. */
async function* pagesBehind<Row extends Identified>(
  start: string,
  size: number,
  read: (after: string, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after = start;
  for (;;) {
    const page = await read(after, size);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!._id;
  }
}

/** Every document of the project in a collection, by `_id` ascending, in pages of bounded size. */
export function pagesOf<Name extends CollectionName>(
  { reads }: Store,
  collection: Name,
  project: string,
  options?: ReadOptions,
): AsyncGenerator<readonly DocumentOf[Name][]> {
  return pagesBehind<DocumentOf[Name]>(`${project}/`, pageSize, (after, limit) =>
    reads.documents.after(collection, project, after, limit, options),
  );
}

/** The identity of every customer of the project, by `_id` ascending, in pages of bounded size. */
export function identityPagesOf(
  { reads }: Store,
  project: string,
  options?: ReadOptions,
): AsyncGenerator<readonly CustomerIdentity[]> {
  return pagesBehind(`${project}/`, pageSize, (after, limit) =>
    reads.customers.identities(project, after, limit, options),
  );
}

/** The values of a paged read, at most `limit` of them; all if it is omitted. */
export async function firstOf(
  pages: AsyncIterable<readonly string[]>,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  const found: string[] = [];
  if (limit < 1) return found;
  for await (const page of pages) {
    for (const value of page) found.push(value);
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}
