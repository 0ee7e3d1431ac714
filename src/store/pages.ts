// Walks all documents of a project, some at a time, so that memory doesn't grow with their number.
import type { CollectionName, DocumentOf } from "../documents/collections.js";
import type { ReadOptions, Store } from "./port.js";

/**
 * Every document of the project in a collection, by `_id` ascending, at most `sizes` in one page. The embedded store looks at all
 * documents for each page, and has them in memory anyway: there, pages are best large.
 */
export async function* pagesOf<Name extends CollectionName>(
  store: Store,
  collection: Name,
  project: string,
  sizes: Readonly<Record<Store["kind"], number>>,
  options?: ReadOptions,
): AsyncGenerator<readonly DocumentOf[Name][]> {
  const size = sizes[store.kind];
  // Every `_id` begins with the project and a slash, after which "0" is the next character: no other project's is read.
  let after = `${project}/`;
  for (;;) {
    const page: readonly DocumentOf[Name][] = await store.aggregate<DocumentOf[Name]>(
      collection,
      [
        { $match: { project, _id: { $gt: after, $lt: `${project}0` } } },
        { $sort: { _id: 1 } },
        { $limit: size },
      ],
      options,
    );
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!._id;
  }
}
