// The payloads of mutations that write or delete records, the same for each kind of record.
import { type ClassType, Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { WriteResult } from "../../ingest/write-result.js";
import type { RequestContext } from "../server/context.js";
import { recordErrors, UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { statuses, type WriteStatus } from "./write-status.js";

/** The words for a kind of record. */
export interface RecordNames {
  /** Field of a payload, as `order`, and of a list, as `orders`. */
  readonly one: string;
  readonly many: string;
  /** Prefix of types, as `Order` and `Orders`. */
  readonly type: string;
  readonly types: string;
  /** The name in a sentence. */
  readonly spoken: string;
  readonly spokenMany: string;
}

/** Reads the record stored under a key; undefined if there is none. */
export type ReadStored<Node> = (context: RequestContext, key: string) => Promise<Node | undefined>;

/** The payload of one record, and of many. */
export function writePayloads<Node extends object>(
  { one, type, types, spoken, spokenMany }: RecordNames,
  node: () => ClassType<Node>,
  read: ReadStored<Node>,
) {
  const nodeDescription = `The ${spoken} as it is stored; null if it was rejected.`;

  @ObjectType(`${type}Payload`, { description: `Result of writing one ${spoken}.` })
  class Payload {
    protected readonly result: WriteResult;

    constructor(result: WriteResult) {
      this.result = result;
    }

    @Field(() => statuses, { description: `What became of the ${spoken}.` })
    get status(): WriteStatus {
      return this.result.status;
    }

    @Field(() => node(), { name: one, nullable: true, description: nodeDescription })
    stored(@Ctx() context: RequestContext): Promise<Node | undefined> | undefined {
      return this.result.status === "rejected" ? undefined : read(context, this.result.id);
    }

    @Field(() => [UserErrorType], userErrorsField)
    get userErrors(): readonly UserErrorType[] {
      return recordErrors(["input"], this.result);
    }
  }

  @ObjectType(`${type}Result`, { description: `Result of writing one ${spoken} of several.` })
  class Result {
    protected readonly result: WriteResult;

    @Field(() => Int, { description: "Position in the input, from 0." })
    readonly index: number;

    constructor(result: WriteResult, index: number) {
      this.result = result;
      this.index = index;
    }

    @Field(() => statuses, { description: `What became of the ${spoken}.` })
    get status(): WriteStatus {
      return this.result.status;
    }

    @Field(() => node(), { name: one, nullable: true, description: nodeDescription })
    stored(@Ctx() context: RequestContext): Promise<Node | undefined> | undefined {
      return this.result.status === "rejected" ? undefined : read(context, this.result.id);
    }

    @Field(() => [UserErrorType], userErrorsField)
    get userErrors(): readonly UserErrorType[] {
      return recordErrors(["input", String(this.index)], this.result);
    }
  }

  @ObjectType(`${types}Payload`, { description: `Result of writing ${spokenMany}.` })
  class ManyPayload {
    @Field(() => [Result], { description: "A result for each, in the order of the input." })
    readonly results: readonly Result[];

    constructor(results: readonly WriteResult[]) {
      this.results = results.map((result, index) => new Result(result, index));
    }

    @Field(() => [UserErrorType], userErrorsField)
    get userErrors(): readonly UserErrorType[] {
      return this.results.flatMap(({ userErrors }) => userErrors);
    }
  }
  return { Payload, ManyPayload };
}

/** The payload of deleting one record, and many. */
export function deletePayloads({ type, types, spoken, spokenMany }: RecordNames) {
  @ObjectType(`${type}DeletePayload`, { description: `Result of deleting one ${spoken}.` })
  class DeletePayload {
    @Field(() => ID, {
      nullable: true,
      description: "Id of what was deleted; null if there are user errors.",
    })
    readonly deletedId?: string | undefined;

    @Field(() => [UserErrorType], userErrorsField)
    readonly userErrors!: readonly UserErrorType[];
  }

  @ObjectType(`${types}DeletePayload`, { description: `Result of deleting ${spokenMany}.` })
  class ManyDeletePayload {
    @Field(() => [ID], { description: "Ids of what was deleted." })
    readonly deletedIds!: readonly string[];

    @Field(() => [UserErrorType], userErrorsField)
    readonly userErrors!: readonly UserErrorType[];
  }
  return { DeletePayload, ManyDeletePayload };
}
