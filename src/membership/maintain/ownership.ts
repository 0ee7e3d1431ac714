// Whether a project's partitions are owned: the customers of a partition without an owner are not evaluated, and its transitions
// are not delivered to webhooks.

import { systemClock } from "../../clock.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import { coordinatorOf } from "../live/live-set.js";
import { isOver, leasesOn, partitionId } from "./lease.js";

/** How many of a project's partitions no maintainer holds now; 0 if the project never had a maintainer. */
export async function unownedPartitions(engine: Engine, project: string): Promise<number> {
  if ((await coordinatorOf(engine, project)) === undefined) return 0;
  const ids = Array.from({ length: partitionCount }, (_, partition) => partitionId(project, partition));
  const leases = await leasesOn(engine.store, ids);
  const now = systemClock();
  return leases.filter((lease) => isOver(lease, now)).length;
}
