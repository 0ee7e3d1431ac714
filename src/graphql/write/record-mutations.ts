// The mutations of one kind of record: upsert, update and delete, of one and of many.
import { Arg, type ClassType, Ctx, Mutation, Resolver } from "type-graphql";
import type { DocumentOf, RecordCollection } from "../../documents/collections.js";
import { recordOf } from "../../export/records.js";
import { attempt } from "../../facts/record-error.js";
import { recordId } from "../../facts/record-id.js";
import { deleteRecords } from "../../ingest/delete-records.js";
import { RecordChangedError, upsertRecords } from "../../ingest/records.js";
import type { WriteResult } from "../../ingest/write-result.js";
import { findProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId, keyOf, type NodeName } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import type { UserErrorType } from "../server/user-error-type.js";
import { type InputScope, RecordByInput } from "./record-inputs.js";
import { deletePayloads, type RecordNames, writePayloads } from "./write-payloads.js";

/** The most records of one mutation. */
const maxRecords = 1_000;

/** How often an update is tried again when another request changes the same record. */
const maxAttempts = 10;

type Given = Readonly<Record<string, unknown>>;

export interface MutatedRecord<Name extends RecordCollection, Input extends object, Node extends object> {
  readonly names: RecordNames;
  readonly collection: Name;
  readonly nodeName: NodeName;
  readonly node: () => ClassType<Node>;
  readonly typeOf: (document: DocumentOf[Name], currency: string) => Node;
  readonly input: () => ClassType<Input>;
  /** The record in the domain's shape. @throws RecordError. */
  readonly read: (input: Input, scope: InputScope) => Given;
}

/** The cost of writing many records. */
export const costOfEach = costs(500, { slicingArguments: ["input"] });

/** @throws GraphQLError `BAD_USER_INPUT` if there are more records than one mutation takes. */
export function refuseTooMany(input: readonly unknown[]): void {
  if (input.length <= maxRecords) return;
  throw userError(
    `There are ${input.length.toLocaleString("en")} records; ${maxRecords.toLocaleString("en")} at once is the maximum. Send them in several requests.`,
  );
}

/** The resolver of a kind's mutations. */
export function recordMutations<Name extends RecordCollection, Input extends object, Node extends object>(
  kind: MutatedRecord<Name, Input, Node>,
) {
  const { names, collection, nodeName } = kind;
  const { one, many, spoken, spokenMany } = names;
  const read = async ({ loaders }: RequestContext, key: string): Promise<Node | undefined> => {
    const [found, { currency }] = await Promise.all([
      loaders.document(collection, key),
      loaders.definition(),
    ]);
    return found === undefined ? undefined : kind.typeOf(found, currency);
  };
  const { Payload, ManyPayload } = writePayloads(names, kind.node, read);
  const { DeletePayload, ManyDeletePayload } = deletePayloads(names);

  const write = async (
    context: RequestContext,
    inputs: readonly Input[],
    mode: "replace" | "merge",
  ): Promise<readonly WriteResult[]> => {
    refuseTooMany(inputs);
    const { engine, project } = context;
    const { currency } = await findProject(engine, project);
    const records = inputs.map((input) => attempt(() => kind.read(input, { project, currency })));
    const valid = records.flatMap((each) => ("value" in each ? [each.value] : []));
    const written =
      mode === "replace"
        ? await upsertRecords(engine, project, collection, valid)
        : await mergeRecords(context, collection, valid);
    context.refresh();
    let next = 0;
    return records.map((each) =>
      "value" in each ? written[next++]! : { status: "rejected" as const, ...each },
    );
  };

  const remove = async (context: RequestContext, bys: readonly RecordByInput[], place: readonly string[]) => {
    refuseTooMany(bys);
    const { engine, project } = context;
    await findProject(engine, project);
    const keys = bys.map((by) => keyBy(collection, nodeName, project, by));
    const deleted = new Set(await deleteRecords(engine, project, collection, keys));
    context.refresh();
    const userErrors = keys.flatMap((key, index): UserErrorType[] => {
      if (deleted.has(key)) return [];
      const message = `There is no such ${spoken}.`;
      return [{ field: bys.length > 1 ? [...place, String(index)] : [...place], code: "NOT_FOUND", message }];
    });
    return { deletedIds: [...deleted].map((key) => globalId(nodeName, key)), userErrors };
  };

  @Resolver()
  class RecordMutations {
    @Mutation(() => Payload, {
      name: `${one}Upsert`,
      complexity: costs(500),
      description: `Adds one ${spoken}, or replaces the one with the same \`sourceId\`.`,
    })
    async upsert(
      @Ctx() context: RequestContext,
      @Arg("input", kind.input, { description: `The ${spoken}.` }) input: Input,
    ) {
      const [result] = await write(context, [input], "replace");
      return new Payload(result!);
    }

    @Mutation(() => ManyPayload, {
      name: `${many}Upsert`,
      complexity: costOfEach,
      description: `Adds ${spokenMany}, or replaces those with the same \`sourceId\`. Of several with one \`sourceId\`, the last is stored.`,
    })
    async upsertMany(
      @Ctx() context: RequestContext,
      @Arg("input", () => [kind.input()], { description: `The ${spokenMany}, at most 1,000.` })
      input: Input[],
    ) {
      return new ManyPayload(await write(context, input, "replace"));
    }

    @Mutation(() => Payload, {
      name: `${one}Update`,
      complexity: costs(500),
      description: `Changes the ${spoken} with the given \`sourceId\`: fields that are omitted are unchanged.`,
    })
    async update(
      @Ctx() context: RequestContext,
      @Arg("input", kind.input, { description: "The changes." }) input: Input,
    ) {
      const [result] = await write(context, [input], "merge");
      return new Payload(result!);
    }

    @Mutation(() => ManyPayload, {
      name: `${many}Update`,
      complexity: costOfEach,
      description: `Changes the ${spokenMany} with the given \`sourceId\`s: fields that are omitted are unchanged.`,
    })
    async updateMany(
      @Ctx() context: RequestContext,
      @Arg("input", () => [kind.input()], { description: "The changes, at most 1,000." }) input: Input[],
    ) {
      return new ManyPayload(await write(context, input, "merge"));
    }

    @Mutation(() => DeletePayload, {
      name: `${one}Delete`,
      complexity: costs(500),
      description: `Deletes one ${spoken}.`,
    })
    async delete(
      @Ctx() context: RequestContext,
      @Arg("input", () => RecordByInput, { description: `Which ${spoken}.` }) input: RecordByInput,
    ) {
      const { deletedIds, userErrors } = await remove(context, [input], ["input"]);
      return { deletedId: deletedIds[0], userErrors };
    }

    @Mutation(() => ManyDeletePayload, {
      name: `${many}Delete`,
      complexity: costOfEach,
      description: `Deletes ${spokenMany}.`,
    })
    deleteMany(
      @Ctx() context: RequestContext,
      @Arg("input", () => [RecordByInput], { description: `Which ${spokenMany}, at most 1,000.` })
      input: RecordByInput[],
    ) {
      return remove(context, input, ["input"]);
    }
  }
  return RecordMutations;
}

/** The key of a record in the store. */
function keyBy(
  collection: RecordCollection,
  nodeName: NodeName,
  project: string,
  { id, sourceId }: RecordByInput,
): string {
  if (typeof id === "string") return keyOf(nodeName, id);
  return collection === "orders" ? `${project}/${sourceId}` : recordId(project, sourceId ?? "");
}

/** Merges changes into stored records, identified by their source ids, and stores them if none was changed meanwhile. */
async function mergeRecords<Name extends RecordCollection>(
  { engine, project }: RequestContext,
  collection: Name,
  changes: readonly Given[],
): Promise<readonly WriteResult[]> {
  const idField = collection === "orders" ? "source_id" : "id";
  for (let attempts = 1; ; attempts += 1) {
    const keys = changes.map((change) => {
      const sourceId = change[idField];
      return typeof sourceId !== "string"
        ? undefined
        : collection === "orders"
          ? `${project}/${sourceId}`
          : recordId(project, sourceId);
    });
    const known = [...new Set(keys.filter((key) => key !== undefined))];
    const stored = await engine.store.getMany(collection, known);
    const documents = new Map(known.map((key, index) => [key, stored[index]]));
    const merged = new Map<string, Given>();
    const problems = changes.map((change, index): WriteResult | undefined => {
      const key = keys[index];
      if (key === undefined)
        return { status: "rejected", reason: `\`${idField}\` is missing: it identifies what to change` };
      const document = documents.get(key);
      if (document === undefined)
        return {
          status: "rejected",
          reason: `\`${idField}\` names a record that does not exist; add it first`,
        };
      merged.set(key, { ...(merged.get(key) ?? recordOf(collection, document)), ...change });
      return undefined;
    });
    try {
      const written = await upsertRecords(engine, project, collection, [...merged.values()], {
        expected: documents,
      });
      const results = new Map([...merged.keys()].map((key, index) => [key, written[index]!]));
      return problems.map((problem, index) => problem ?? results.get(keys[index]!)!);
    } catch (error) {
      if (!(error instanceof RecordChangedError) || attempts === maxAttempts) throw error;
    }
  }
}
