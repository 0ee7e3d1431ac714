// Every named read as SQL.

import type { Reads } from "../../reads/reads.js";
import type { QueryRunner } from "../run.js";
import { accessReads } from "./access.js";
import { customerReads } from "./customers.js";
import { crossingReads, dirtyMarkReads } from "./dirty-marks.js";
import { documentReads, productReads, recordReads } from "./documents.js";
import { intervalReads, transitionReads } from "./history.js";
import { jobReads } from "./jobs.js";
import { messagingReads } from "./messaging.js";
import { outgoingReads } from "./outgoing.js";
import { promotionReads } from "./promotions.js";
import { maintenanceReads, segmentReads, webhookReads } from "./segments.js";
import { sourceReads } from "./sources.js";
import { valueReads } from "./values.js";

export function readsBySql(runner: QueryRunner): Reads {
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
    intervals: intervalReads(runner),
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
