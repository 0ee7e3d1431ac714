// User errors: mistakes in the input of a mutation, which are part of its payload and not failures.
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { KeyError } from "../../access/key-error.js";
import { RecordError } from "../../facts/record-error.js";
import type { WriteResult } from "../../ingest/write-result.js";
import { SourceError } from "../../integrations/source-error.js";
import { JobError } from "../../jobs/job-error.js";
import { MessageError } from "../../messaging/message-error.js";
import { WebhookError } from "../../outbox/webhook-error.js";
import { ProjectError, UnknownProjectError } from "../../projects/projects.js";
import { PromotionError } from "../../promotions/promotion-error.js";
import { SegmentError } from "../../segments/segment-error.js";
import { recordField, recordMessage } from "../write/record-message.js";

/** Every code, with its meaning. */
const codes = {
  INVALID_RECORD: "A record cannot be stored as it is.",
  INVALID_DEFINITION: "A definition is not valid, or would change the meaning of existing data.",
  INVALID_INPUT: "A value is out of bounds.",
  NOT_FOUND: "What the input identifies does not exist.",
  INVALID_NAME: "A name is blank, or too long.",
  NAME_TAKEN: "Another segment, validation rule, campaign, distribution or source has the name.",
  MEMBERS_TAKEN: "Another static segment has exactly these members.",
  TOO_MANY_MEMBERS: "A static segment would have too many members.",
  NO_MEMBERS: "A static segment would have no members.",
  UNKNOWN_CUSTOMER: "A customer does not exist.",
  INVALID_QUERY: "A query has mistakes: see `diagnostics`.",
  IN_USE: "Something else that names it would lose its meaning.",
  STATIC: "A static segment does not change.",
  BUSY: "Another request is changing the same object. Try again.",
  INVALID_URL: "A URL cannot be used.",
  INVALID_SECRET: "A secret is not in its format.",
  INVALID_SEGMENTS: "The list of segments is empty or too long.",
  UNKNOWN_SEGMENT: "A segment does not exist.",
  TOO_MANY_WEBHOOKS: "The project has the maximum number of webhooks.",
  TOO_MANY_SOURCES: "The project has the maximum number of sources.",
  DELIVERY_FAILED: "The receiver did not accept a delivery.",
  TOO_MANY_KEYS: "The project has the maximum number of API keys.",
  KEY_IN_USE: "An API key cannot revoke itself.",
  TOO_MANY_JOBS: "The project has the maximum number of unfinished jobs.",
  CODE_TAKEN: "The project has the code already.",
  NO_FREE_CODES: "The campaign has no generated code that is active, and neither published nor redeemed.",
  KEY_USED: "Another request has the idempotency key, or the redemption that has it was rolled back.",
  INVALID_TEMPLATE: "A template is not valid, or names a field that does not exist.",
  NOT_REDEEMABLE: "The redemption is not allowed: see `obstacles`.",
} as const;

export type UserErrorCode = keyof typeof codes;

const userErrorCodes = Object.fromEntries(Object.keys(codes).map((code) => [code, code])) as {
  readonly [Code in UserErrorCode]: Code;
};

registerEnumType(userErrorCodes, {
  name: "UserErrorCode",
  description: "Kind of mistake in the input of a mutation, stable.",
  valuesConfig: Object.fromEntries(
    Object.entries(codes).map(([code, description]) => [code, { description }]),
  ),
});

@ObjectType("UserError", { description: "What is wrong with the input of a mutation, and how to fix it." })
export class UserErrorType {
  @Field(() => [String], { description: "Path to the part of the arguments, as `[input, name]`." })
  readonly field!: readonly string[];

  @Field(() => userErrorCodes, { description: "Kind of mistake." })
  readonly code!: UserErrorCode;

  @Field(() => String, { description: "What is wrong and how to fix it, in plain words." })
  readonly message!: string;
}

/** Describes the field `userErrors` of a payload. */
export const userErrorsField = {
  description: "All mistakes in the input; empty if there are none.",
} as const;

/**
 * Runs a mutation. A mistake in its input becomes user errors; any other error is thrown.
 * @param place the path of the input, which is put before a mistake's own field.
 */
export async function withUserErrors<Value>(
  place: readonly string[],
  work: () => Promise<Value>,
): Promise<{
  readonly value?: Value;
  readonly userErrors: readonly UserErrorType[];
  readonly thrown?: unknown;
}> {
  try {
    return { value: await work(), userErrors: [] };
  } catch (thrown) {
    const errors = userErrorsOf(place, thrown);
    if (errors === undefined) throw thrown;
    return { userErrors: errors, thrown };
  }
}

function userErrorsOf(place: readonly string[], thrown: unknown): readonly UserErrorType[] | undefined {
  if (
    thrown instanceof SegmentError ||
    thrown instanceof WebhookError ||
    thrown instanceof PromotionError ||
    thrown instanceof SourceError ||
    thrown instanceof KeyError ||
    thrown instanceof JobError ||
    thrown instanceof MessageError
  )
    return [{ field: [...place, thrown.field], code: thrown.code, message: thrown.message }];
  // A missing project is no mistake in this input.
  if (thrown instanceof UnknownProjectError) return undefined;
  if (thrown instanceof ProjectError)
    return [{ field: place, code: "INVALID_DEFINITION", message: thrown.message }];
  if (thrown instanceof RecordError) return thrown.mistakes.map((mistake) => recordError(place, mistake));
  return undefined;
}

/** A mistake in one of several records. */
export function recordErrors(place: readonly string[], result: WriteResult): readonly UserErrorType[] {
  if (result.status !== "rejected") return [];
  return (result.mistakes ?? [result.reason]).map((mistake) => recordError(place, mistake));
}

function recordError(place: readonly string[], reason: string): UserErrorType {
  return {
    field: [...place, ...recordField(reason)],
    code: "INVALID_RECORD",
    message: recordMessage(reason),
  };
}
