// An aggregation pipeline as data.

/** A MongoDB aggregation stage or expression: plain data. */
export type PipelineStage = Readonly<Record<string, unknown>>;
export type Pipeline = readonly PipelineStage[];
