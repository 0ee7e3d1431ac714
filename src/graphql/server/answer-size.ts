// Answers are bounded in bytes while they are made: every leaf counts, and past the bound the whole answer is an error.
import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
} from "graphql";
import type { RequestContext } from "./context.js";

/** The largest answer, in bytes, approximately: 16 MiB. */
export const maxAnswerSize = 16 * 1024 * 1024;

/** What a field's name, quotes and commas add. */
const perField = 8;

/** Makes every field that returns a leaf count what it returns. Fields of introspection are bounded by their number. */
export function boundAnswers(schema: GraphQLSchema, max = maxAnswerSize): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isLeafType(getNamedType(field.type))) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      const count = (value: unknown, { answerSize }: RequestContext, key: string): unknown => {
        answerSize.bytes += sizeOf(value, max) + key.length + perField;
        if (answerSize.bytes > max) throw answerTooLarge(max);
        return value;
      };
      field.resolve = (source, args, context: RequestContext, info) => {
        const key = String(info.path.key);
        const value: unknown = resolve(source, args, context, info);
        return value instanceof Promise
          ? value.then((settled) => count(settled, context, key))
          : count(value, context, key);
      };
    }
  }
}

/** What is answered instead of an answer that is too large. */
export function answerTooLarge(max = maxAnswerSize): GraphQLError {
  const megabytes = Math.round(max / 1024 / 1024);
  return new GraphQLError(
    `The answer is larger than ${megabytes} MiB. Select fewer fields, or request smaller pages (\`first\`).`,
    { extensions: { code: "ANSWER_TOO_LARGE" } },
  );
}

/** About how many bytes a value has as JSON; counting stops past `max`. */
function sizeOf(value: unknown, max: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return perField;
  if (value instanceof Date) return 24;
  let bytes = 2;
  for (const [key, part] of Object.entries(value)) {
    bytes += (Array.isArray(value) ? 1 : key.length + 4) + sizeOf(part, max);
    if (bytes > max) break;
  }
  return bytes;
}
