// An aggregation pipeline as data.
import type { Expression } from "../operators/encodings/encoding.js";

/** A MongoDB aggregation stage or expression: plain data. */
export type PipelineStage = Readonly<Record<string, Expression>>;
export type Pipeline = readonly PipelineStage[];
