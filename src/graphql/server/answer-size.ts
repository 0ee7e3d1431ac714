// Bounds answers in bytes while they are computed: every leaf counts, and past the bound the whole answer is an error.
import { GraphQLError } from "graphql";

/** The largest answer, in bytes, approximately: 16 MiB. */
export const maxAnswerSize = 16 * 1024 * 1024;

/** The approximate bytes of a number, a boolean or null. */
const ofSimple = 8;

/** The answer instead of one that is too large. */
export function answerTooLarge(max = maxAnswerSize): GraphQLError {
  const megabytes = Math.round(max / 1024 / 1024);
  return new GraphQLError(
    `The answer is larger than ${megabytes} MiB. Select fewer fields, or request smaller pages (\`first\`).`,
    { extensions: { code: "ANSWER_TOO_LARGE" } },
  );
}

/** The approximate bytes of a value as JSON; counting stops past `max`. */
export function sizeOf(value: unknown, max: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return ofSimple;
  if (value instanceof Date) return 24;
  let bytes = 2;
  for (const [key, part] of Object.entries(value)) {
    bytes += (Array.isArray(value) ? 1 : key.length + 4) + sizeOf(part, max);
    if (bytes > max) break;
  }
  return bytes;
}
