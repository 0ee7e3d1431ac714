// Jobs as GraphQL returns them.
import { GraphQLDateTime, GraphQLJSON, GraphQLSafeInt } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { JobDocument, JobFile, JobProgress } from "../../documents/job-documents.js";
import type { Engine } from "../../engine.js";
import { type ImportedCollection, importedCollections } from "../../import/summary.js";
import { linkTo } from "../../jobs/links.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

const jobTypes = {
  IMPORT: "import",
  EXPORT: "export",
  RETYPE: "retype",
  CODES: "codes",
  PUBLISH: "publish",
  AUDIENCE: "audience",
} as const;

registerEnumType(jobTypes, {
  name: "JobType",
  description: "What a job does.",
  valuesConfig: {
    IMPORT: { description: "Imports a file." },
    EXPORT: { description: "Exports the project." },
    RETYPE: { description: "Changes the type of a key of metadata or of an event's properties." },
    PUBLISH: {
      description: "Publishes codes to the customers of a segment; `progress` counts the customers.",
    },
    CODES: { description: "Generates codes of a campaign; `progress` counts them." },
    AUDIENCE: { description: "Exports customers as a CSV file." },
  },
});

const jobStates = {
  UPLOADING: "uploading",
  WAITING: "waiting",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  CANCELED: "canceled",
} as const;

registerEnumType(jobStates, {
  name: "JobState",
  description: "Progress of a job.",
  valuesConfig: {
    UPLOADING: { description: "It waits for its file." },
    WAITING: { description: "It begins as soon as a process is free." },
    RUNNING: { description: "It is running." },
    SUCCEEDED: { description: "It has succeeded." },
    FAILED: { description: "It failed: see `problem`." },
    CANCELED: { description: "It was canceled. Records that it had written remain." },
  },
});

export const collectionEnumeration = Object.fromEntries(
  importedCollections.map((name) => [name.toUpperCase(), name]),
) as Readonly<Record<string, ImportedCollection>>;

registerEnumType(collectionEnumeration, {
  name: "RecordCollection",
  description: "A kind of records.",
  valuesConfig: Object.fromEntries(
    importedCollections.map((name) => [
      name.toUpperCase(),
      { description: `The project's ${name === "loyalty" ? "loyalty cards" : name.replace("_", " ")}.` },
    ]),
  ),
});

@ObjectType("JobProgress", { description: "Progress of a job." })
export class JobProgressType implements JobProgress {
  @Field(() => String, {
    description: "What is being worked on, as `customers`, or `rows` while a file is read.",
  })
  readonly phase!: string;
  @Field(() => GraphQLSafeInt, { description: "How much of it is done." }) readonly done!: number;
  @Field(() => GraphQLSafeInt, { nullable: true, description: "How much there is; null if it is not known." })
  readonly total?: number;
}

@ObjectType("JobFile", { description: "A file that a job made. It is kept for a day." })
export class JobFileType {
  readonly #path: string;
  readonly #expiresAt: number;
  readonly #file: JobFile;

  constructor(engine: Engine, job: JobDocument, file: JobFile) {
    const link = linkTo(engine, job, file);
    this.#path = link.path;
    this.#expiresAt = link.expiresAt;
    this.#file = file;
  }

  @Field(() => String, { description: "Name, as `rejects.ndjson`." })
  get name(): string {
    return this.#file.name;
  }

  @Field(() => GraphQLSafeInt, { description: "Size in bytes." })
  get bytes(): number {
    return this.#file.bytes;
  }

  @Field(() => String, {
    description:
      "Signed address to download it from, below the address of the service. Anyone who has it can download the file.",
  })
  get path(): string {
    return this.#path;
  }

  @Field(() => GraphQLDateTime, {
    description: "Until when the address is valid; read the job again for another.",
  })
  get expiresAt(): Date {
    return new Date(this.#expiresAt);
  }
}

@ObjectType("ImportCounts", { description: "What became of the records of one kind." })
export class ImportCountsType {
  @Field(() => collectionEnumeration, { description: "The kind." }) readonly collection!: string;
  @Field(() => GraphQLSafeInt, { description: "Records that were read." }) readonly read!: number;
  @Field(() => GraphQLSafeInt, { description: "Records that were new, or different from those stored." })
  readonly written!: number;
  @Field(() => GraphQLSafeInt, { description: "Records that were stored already." })
  readonly unchanged!: number;
  @Field(() => GraphQLSafeInt, { description: "Records that could not be stored: see the job's files." })
  readonly rejected!: number;
}

@ObjectType("ImportWarning", { description: "A warning about an imported file." })
export class ImportWarningType {
  @Field(() => String, { description: "Kind of warning, stable, as `UNMAPPED_COLUMNS`." })
  readonly code!: string;
  @Field(() => String, { description: "The warning, in plain words." }) readonly message!: string;
}

@ObjectType("ImportResult", { description: "Result of an import." })
export class ImportResultType {
  readonly #result: Readonly<Record<string, unknown>>;

  constructor(result: Readonly<Record<string, unknown>>) {
    this.#result = result;
  }

  @Field(() => [ImportCountsType], { description: "Counts of each kind of records that the file held." })
  get counts(): readonly ImportCountsType[] {
    return importedCollections.flatMap((collection) => {
      const counts = this.#result[collection] as Omit<ImportCountsType, "collection">;
      return counts.read === 0 ? [] : [{ collection, ...counts }];
    });
  }

  @Field(() => GraphQLSafeInt, { description: "Rows of a CSV file that were read." })
  get rowsRead(): number {
    return (this.#result.rows as { readonly read: number }).read;
  }

  @Field(() => GraphQLSafeInt, { description: "Rows that were left out because they name no customer." })
  get rowsSkipped(): number {
    return this.#result.skippedRows as number;
  }

  @Field(() => GraphQLSafeInt, { description: "Records and rows that were rejected, in all." })
  get rejected(): number {
    return this.#result.rejected as number;
  }

  @Field(() => [ImportWarningType], { description: "Warnings." })
  get warnings(): readonly ImportWarningType[] {
    return this.#result.warnings as readonly ImportWarningType[];
  }
}

@ObjectType("ExportCounts", { description: "How many records of one kind an export holds." })
export class ExportCountsType {
  @Field(() => collectionEnumeration, { description: "The kind." }) readonly collection!: string;
  @Field(() => GraphQLSafeInt, { description: "Records." }) readonly count!: number;
}

@ObjectType("ExportResult", {
  description: "Result of an export. Its file is a zip archive of an interchange folder.",
})
export class ExportResultType {
  readonly #result: Readonly<Record<string, unknown>>;

  constructor(result: Readonly<Record<string, unknown>>) {
    this.#result = result;
  }

  @Field(() => [ExportCountsType], { description: "Counts of each kind of records." })
  get counts(): readonly ExportCountsType[] {
    return importedCollections.map((collection) => ({
      collection,
      count: this.#result[collection] as number,
    }));
  }

  @Field(() => GraphQLSafeInt, { description: "Segments." })
  get segments(): number {
    return this.#result.segments as number;
  }
}

@ObjectType("AudienceResult", { description: "What a CSV file of customers holds." })
export class AudienceResultType {
  @Field(() => GraphQLSafeInt, { description: "Customers, each on a line." }) readonly customers!: number;
}

@ObjectType("UnconvertedValue", { description: "A value that could not be converted." })
export class UnconvertedValueType {
  @Field(() => String, { description: "Source id of the customer." }) readonly sourceId!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: "The value." }) readonly value!: unknown;
}

@ObjectType("RetypeResult", { description: "Result of changing a key's type." })
export class RetypeResultType {
  @Field(() => GraphQLSafeInt, { description: "Values that were converted." }) readonly converted!: number;
  @Field(() => GraphQLSafeInt, { description: "Values that could not be converted." })
  readonly unconverted!: number;
  @Field(() => String, { description: "Key under which values are kept that could not be converted." })
  readonly keptAs!: string;
  @Field(() => [UnconvertedValueType], { description: "The first 100 of them." })
  readonly examples!: readonly UnconvertedValueType[];
}

@ObjectType("Job", {
  implements: NodeType,
  description: "Long work in the background. The latest 100 jobs of a project are kept.",
})
export class JobObjectType implements NodeType {
  readonly #engine: Engine;
  readonly #document: JobDocument;

  constructor(engine: Engine, document: JobDocument) {
    this.#engine = engine;
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Job", this.#document.job_id);
  }

  @Field(() => jobTypes, { description: "What it does." })
  get type() {
    return this.#document.type;
  }

  @Field(() => jobStates, { description: "Whether it has begun, and how it ended." })
  get state() {
    return this.#document.state;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it began; null if it has not." })
  get startedAt(): Date | undefined {
    return this.#document.started_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it ended; null if it has not." })
  get endedAt(): Date | undefined {
    return this.#document.ended_at;
  }

  @Field(() => String, { nullable: true, description: "Name of the file that is imported." })
  get fileName(): string | undefined {
    const { fileName } = this.#document.request;
    return typeof fileName === "string" ? fileName : undefined;
  }

  @Field(() => JobProgressType, { nullable: true, description: "Its progress; null if it has not begun." })
  get progress(): JobProgressType | undefined {
    return this.#document.progress;
  }

  @Field(() => String, { nullable: true, description: "Why it failed and what to do; null if it did not." })
  get problem(): string | undefined {
    return this.#document.problem;
  }

  @Field(() => [JobFileType], {
    description: "Files that it made: the rejected records, the export, or the customers.",
  })
  get files(): readonly JobFileType[] {
    return this.#document.files.map((file) => new JobFileType(this.#engine, this.#document, file));
  }

  @Field(() => ImportResultType, {
    nullable: true,
    description: "Result of an import; null until it has succeeded.",
  })
  get importResult(): ImportResultType | undefined {
    return this.#resultOf("import", (result) => new ImportResultType(result));
  }

  @Field(() => ExportResultType, {
    nullable: true,
    description: "Result of an export; null until it has succeeded.",
  })
  get exportResult(): ExportResultType | undefined {
    return this.#resultOf("export", (result) => new ExportResultType(result));
  }

  @Field(() => RetypeResultType, {
    nullable: true,
    description:
      "What became of the values of a key whose type was changed; null until the job has succeeded.",
  })
  get retypeResult(): RetypeResultType | undefined {
    return this.#resultOf("retype", ({ examples, ...counts }) => ({
      ...(counts as unknown as Omit<RetypeResultType, "examples">),
      examples: (examples as readonly { readonly customer: string; readonly value: unknown }[]).map(
        ({ customer, value }) => ({ sourceId: customer, value }),
      ),
    }));
  }

  @Field(() => AudienceResultType, {
    nullable: true,
    description: "What an export of customers holds; null until it has succeeded.",
  })
  get audienceResult(): AudienceResultType | undefined {
    return this.#resultOf("audience", (result) => result as unknown as AudienceResultType);
  }

  #resultOf<Result>(
    type: JobDocument["type"],
    read: (result: Readonly<Record<string, unknown>>) => Result,
  ): Result | undefined {
    const { result } = this.#document;
    return this.#document.type === type && result !== undefined ? read(result) : undefined;
  }
}

@ObjectType("ImportColumn", { description: "A column of a file." })
export class ImportColumnType {
  @Field(() => String, { description: "Its name, in the file's first line." }) readonly name!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "Part of the mapping that reads it, as `columns.email` or `metadata.plan`; null if none does.",
  })
  readonly target?: string;
  @Field(() => [String], { description: "Its cells in the first rows." })
  readonly samples!: readonly string[];
}

@ObjectType("ImportProposal", { description: "How a CSV file would be read." })
export class ImportProposalType {
  @Field(() => collectionEnumeration, { description: "What its rows are." }) readonly collection!: string;
  @Field(() => String, {
    nullable: true,
    description: "Name of the mapping that fits; null if it was guessed by the names of the columns.",
  })
  readonly mappingName?: string | undefined;
  @Field(() => String, {
    nullable: true,
    description: "What such a file is, as `Mailchimp's export of an audience`.",
  })
  readonly title?: string | undefined;
  @Field(() => GraphQLJSON, { description: "The mapping, in the format of a mapping file." })
  readonly definition!: object;
  @Field(() => String, { description: "Encoding of the text." }) readonly encoding!: string;
  @Field(() => String, { description: "Separator of the cells." }) readonly delimiter!: string;
  @Field(() => [ImportColumnType], { description: "The columns, in their order." })
  readonly columns!: readonly ImportColumnType[];
}

const JobEdgeType = edgeType<JobObjectType>("JobEdge", () => JobObjectType);
export const JobConnectionType = connectionType<JobObjectType>(
  "JobConnection",
  "A page of jobs.",
  () => JobObjectType,
  () => JobEdgeType,
);
export type JobConnectionType = InstanceType<typeof JobConnectionType>;

@ObjectType("UploadTarget", { description: "Where to send a file to." })
export class UploadTargetType {
  @Field(() => String, {
    description:
      "Signed address, below the address of the service: send the file as the body of a PUT. No key is needed.",
  })
  readonly path!: string;
  @Field(() => GraphQLDateTime, { description: "Until when the address is valid." })
  readonly expiresAt!: Date;
}

@ObjectType("ImportCreatePayload", { description: "Result of creating an import." })
export class ImportCreatePayloadType {
  @Field(() => JobObjectType, { nullable: true, description: "The job; null if there are user errors." })
  readonly job?: JobObjectType | undefined;

  @Field(() => UploadTargetType, {
    nullable: true,
    description: "Where to send the file to: the import begins once it has arrived.",
  })
  readonly upload?: UploadTargetType | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("JobPayload", { description: "Result of creating or canceling a job." })
export class JobPayloadType {
  @Field(() => JobObjectType, { nullable: true, description: "The job; null if there are user errors." })
  readonly job?: JobObjectType | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}
