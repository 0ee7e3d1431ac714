// Reads of outgoing events as pipelines.
import type { OutgoingEventDocument } from "../../../documents/outgoing-documents.js";
import type { OutgoingReads } from "../../reads/outgoing.js";
import { idsOf, type PipelineRunner } from "../run.js";

export function outgoingReads(runner: PipelineRunner): OutgoingReads {
  return {
    inRange: (project, { partition, from, last, first, types }, options) =>
      runner.run<OutgoingEventDocument>(
        "outgoing_events",
        [
          {
            $match: {
              project,
              partition,
              sequence: { $gt: from, $lte: last },
              ...(types === undefined ? {} : { type: { $in: types } }),
            },
          },
          { $sort: { sequence: 1 } },
          { $limit: first },
        ],
        options,
      ),

    idsOfCustomer: (project, customer, limit, options) =>
      idsOf(runner, "outgoing_events", [{ $match: { project, customer } }, { $limit: limit }], options),
  };
}
