// Walks all customers of a project, some at a time, so that memory doesn't grow with their number.
import type { Engine } from "../engine.js";
import type { CustomerDocument } from "../store/documents.js";

/** Every customer of the project, by `_id` ascending, at most `size` in one page. */
export async function* pagesOfCustomers(
  engine: Engine,
  project: string,
  size: number,
): AsyncGenerator<readonly CustomerDocument[]> {
  let after: string | undefined;
  for (;;) {
    const page: readonly CustomerDocument[] = await engine.store.aggregate<CustomerDocument>("customers", [
      { $match: { project, ...(after === undefined ? {} : { _id: { $gt: after } }) } },
      { $sort: { _id: 1 } },
      { $limit: size },
    ]);
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!._id;
  }
}
