// Every named read as pipelines.

import type { CustomerDocument } from "../../../documents/documents.js";
import type { Reads } from "../../reads/reads.js";
import type { PipelineRunner } from "../run.js";
import { accessReads } from "./access.js";
import { customerReads } from "./customers.js";
import { crossingReads, dirtyMarkReads } from "./dirty-marks.js";
import { documentReads, productReads, recordReads } from "./documents.js";
import { intervalReads, transitionReads } from "./history.js";
import { jobReads } from "./jobs.js";
import { messagingReads } from "./messaging.js";
import { outgoingReads } from "./outgoing.js";
import { promotionReads } from "./promotions.js";
import { maintenanceReads, segmentReads } from "./segments.js";
import { sourceReads } from "./sources.js";
import { valueReads } from "./values.js";
import { webhookReads } from "./webhooks.js";

/**
 * The reads over a pipeline runner.
 * @param customersById reads customers by their ids, in the same order.
 */
export function readsByPipelines(
  runner: PipelineRunner,
  customersById: (ids: readonly string[]) => Promise<readonly (CustomerDocument | undefined)[]>,
): Reads {
  return {
    customers: customerReads(runner),
    documents: documentReads(runner),
    records: recordReads(runner),
    products: productReads(runner),
    values: valueReads(runner),
    segments: segmentReads(runner),
    maintenance: maintenanceReads(runner),
    dirtyMarks: dirtyMarkReads(runner),
    crossings: crossingReads(runner),
    intervals: intervalReads(runner, customersById),
    transitions: transitionReads(runner),
    outgoing: outgoingReads(runner),
    webhooks: webhookReads(runner),
    access: accessReads(runner),
    jobs: jobReads(runner),
    promotions: promotionReads(runner),
    messaging: messagingReads(runner),
    sources: sourceReads(runner),
  };
}
