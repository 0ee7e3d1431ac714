// An aggregation pipeline as data.
import type { MongoExpression } from "../operators/encodings/encoding.js";

/** A MongoDB aggregation stage or expression: plain data. */
export type PipelineStage = Readonly<Record<string, MongoExpression>>;
export type Pipeline = readonly PipelineStage[];
