// A line of an interchange folder's file of segments.
import { z } from "zod";

export const segmentLine = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("auto_update"),
    name: z.string(),
    query: z.string(),
    archived: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("static"),
    name: z.string(),
    members: z.array(z.string()),
    /** True if the next line has the same name and further members. */
    continues: z.boolean().optional(),
    as_of: z.iso.datetime({ offset: true }).optional(),
    found_by: z.string().optional(),
    archived: z.boolean().optional(),
  }),
]);

export type SegmentLine = z.infer<typeof segmentLine>;
export type StaticSegmentLine = Extract<SegmentLine, { kind: "static" }>;
export type AutoUpdateSegmentLine = Extract<SegmentLine, { kind: "auto_update" }>;
