// What is wrong with the input of a mutation, for whoever gave it: an answer, not a failure.
import { Field, ObjectType } from "type-graphql";
import { RecordError } from "../../facts/record-error.js";
import { type WriteResult } from "../../ingest/write-result.js";
import { WebhookError } from "../../outbox/webhook-error.js";
import { ProjectError, UnknownProjectError } from "../../projects/projects.js";
import { SegmentError } from "../../segments/segment-error.js";
import { recordField, recordMessage } from "../write/record-message.js";

@ObjectType("UserError", { description: "What is wrong with the input of a mutation, and how to mend it." })
export class UserErrorType {
  @Field(() => [String], {
    description: "The path to the part of the input that it is in, as `[input, name]`.",
  })
  readonly field!: readonly string[];

  @Field(() => String, { description: "Which mistake it is, stable, as `NAME_TAKEN`." })
  readonly code!: string;

  @Field(() => String, {
    description: "What is wrong and how to mend it, for somebody who does not program.",
  })
  readonly message!: string;
}

/**
 * Runs a mutation's work; what is wrong with its input becomes a user error, anything else is thrown on.
 * @param place the path to the part of the input that a mistake's own field is in.
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
    const error = userErrorOf(place, thrown);
    if (error === undefined) throw thrown;
    return { userErrors: [error], thrown };
  }
}

function userErrorOf(place: readonly string[], thrown: unknown): UserErrorType | undefined {
  if (thrown instanceof SegmentError || thrown instanceof WebhookError) {
    const field = thrown.field === "id" ? ["id"] : [...place, thrown.field];
    return { field, code: thrown.code, message: thrown.message };
  }
  // A project that is not there is no mistake of this input.
  if (thrown instanceof UnknownProjectError) return undefined;
  if (thrown instanceof ProjectError)
    return { field: place, code: "INVALID_DEFINITION", message: thrown.message };
  if (thrown instanceof RecordError) return recordError(place, thrown.message);
  return undefined;
}

/** What is wrong with one record of several. */
export function recordErrors(place: readonly string[], result: WriteResult): readonly UserErrorType[] {
  if (result.status !== "rejected") return [];
  return [recordError(place, result.reason)];
}

function recordError(place: readonly string[], reason: string): UserErrorType {
  return {
    field: [...place, ...recordField(reason)],
    code: "INVALID_RECORD",
    message: recordMessage(reason),
  };
}
