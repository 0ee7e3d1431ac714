// Walks all documents of a project, some at a time, so that memory doesn't grow with their number.
import type { Engine } from "../engine.js";
import type { CollectionName, DocumentOf } from "../store/collections.js";

/** Every document of the project in a collection, by `_id` ascending, at most `size` in one page. */
export async function* pagesOf<Name extends CollectionName>(
  engine: Engine,
  collection: Name,
  project: string,
  size: number,
): AsyncGenerator<readonly DocumentOf[Name][]> {
  let after: string | undefined;
  for (;;) {
    const page: readonly DocumentOf[Name][] = await engine.store.aggregate<DocumentOf[Name]>(collection, [
      { $match: { project, ...(after === undefined ? {} : { _id: { $gt: after } }) } },
      { $sort: { _id: 1 } },
      { $limit: size },
    ]);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!._id;
  }
}
