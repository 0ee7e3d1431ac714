// Windows of time as stages.
import type { Pipeline } from "../../../pipeline/stage.js";
import type { PageWindow } from "../../reads/time-window.js";

/** The stages that select a window of a list; without `limit`, everything after its place. */
export function timeWindowStages({
  newestFirst,
  behind,
  limit,
}: Omit<PageWindow, "limit"> & { readonly limit?: number }): Pipeline {
  const further = newestFirst ? "$lt" : "$gt";
  const direction = newestFirst ? -1 : 1;
  const place =
    behind === undefined
      ? []
      : [
          {
            $match: {
              $or: [
                { at: { [further]: behind.at } },
                { at: { $eq: behind.at }, _id: { [further]: behind.id } },
              ],
            },
          },
        ];
  return [
    ...place,
    { $sort: { at: direction, _id: direction } },
    ...(limit === undefined ? [] : [{ $limit: limit }]),
  ];
}

/** The same for documents without a time, which are ordered by id alone. */
export function idWindowStages({ newestFirst, behind, limit }: PageWindow): Pipeline {
  // Documents without a time are listed by id ascending.
  const ascending = newestFirst;
  return [
    ...(behind === undefined ? [] : [{ $match: { _id: { [ascending ? "$gt" : "$lt"]: behind.id } } }]),
    { $sort: { _id: ascending ? 1 : -1 } },
    { $limit: limit },
  ];
}
