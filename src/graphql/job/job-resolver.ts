// Imports, exports and changes of a key's type, as jobs with progress.
import { GraphQLJSON } from "graphql-scalars";
import {
  Arg,
  Args,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
  registerEnumType,
} from "type-graphql";
import type { Caller } from "../../access/caller.js";
import type { PropertyType } from "../../documents/documents.js";
import type { JobDocument } from "../../documents/job-documents.js";
import { propertyTypesByName } from "../../documents/property-types.js";
import type { Engine } from "../../engine.js";
import { ImportError } from "../../import/import-error.js";
import { proposeMapping } from "../../import/propose.js";
import type { ImportedCollection } from "../../import/summary.js";
import { importRequest } from "../../jobs/import-request.js";
import { JobError } from "../../jobs/job-error.js";
import { cancelJob, createJob, findJob, jobsOf, newestFirst } from "../../jobs/jobs.js";
import { linkTo } from "../../jobs/links.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  collectionEnumeration,
  ImportCreatePayloadType,
  ImportProposalType,
  JobConnectionType,
  JobObjectType,
  JobPayloadType,
} from "./job-type.js";

const importModes = { MERGE: "merge", REPLACE: "replace" } as const;
type ImportMode = (typeof importModes)[keyof typeof importModes];

registerEnumType(importModes, {
  name: "ImportMode",
  description: "How an import changes a customer who already exists.",
  valuesConfig: {
    MERGE: { description: "Fields that the file has are set; the others remain." },
    REPLACE: { description: "The record is the whole customer." },
  },
});

@InputType("ImportMappingInput", { description: "Exactly one of: how the columns of a CSV file are read." })
export class ImportMappingInput {
  @Field(() => String, { nullable: true, description: "Name of a mapping, as `shopify` or `mailchimp`." })
  readonly name?: string | null;
  @Field(() => GraphQLJSON, { nullable: true, description: "A mapping, in the format of a mapping file." })
  readonly definition?: object | null;
}

@InputType("ImportCreateInput", {
  description: "A file to import. What is omitted is found by its name and content.",
})
export class ImportCreateInput {
  @Field(() => String, {
    description:
      "Name of the file, as `customers.csv`. A zip archive of an interchange folder is accepted, too.",
  })
  readonly fileName!: string;
  @Field(() => collectionEnumeration, { nullable: true, description: "What its records are." })
  readonly collection?: ImportedCollection | null;
  @Field(() => ImportMappingInput, { nullable: true, description: "How its columns are read." })
  readonly mapping?: ImportMappingInput | null;
  @Field(() => importModes, {
    nullable: true,
    description: "How customers who already exist are changed.",
  })
  readonly mode?: ImportMode | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "True if an empty cell removes the stored value.",
  })
  readonly clearEmpty!: boolean;
  @Field(() => String, { nullable: true, description: "Encoding of the text, as `utf-8` or `windows-1252`." })
  readonly encoding?: string | null;
  @Field(() => String, { nullable: true, description: "Separator of the cells: `,`, `;`, `|` or a tab." })
  readonly delimiter?: string | null;
}

/** The most bytes of a file that a proposal reads. */
const maxHeadBytes = 65_536;

const keyOwners = { CUSTOMER: "customers", ORDER: "orders", EVENT: "event" } as const;
type KeyOwner = (typeof keyOwners)[keyof typeof keyOwners];

registerEnumType(keyOwners, {
  name: "KeyOwner",
  description: "What a key belongs to.",
  valuesConfig: {
    CUSTOMER: { description: "Metadata of customers." },
    ORDER: { description: "Metadata of orders." },
    EVENT: { description: "Properties of a type of event." },
  },
});

@InputType("KeyRetypeInput", { description: "A key, and the type that it gets." })
export class KeyRetypeInput {
  @Field(() => keyOwners, { defaultValue: keyOwners.CUSTOMER, description: "What it belongs to." })
  readonly of!: KeyOwner;
  @Field(() => String, { nullable: true, description: "The type of event, if it belongs to one." })
  readonly event?: string | null;
  @Field(() => String, { description: "The key." }) readonly key!: string;
  @Field(() => propertyTypesByName, { description: "The new type." }) readonly type!: PropertyType;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "True to count what would be converted, and change nothing.",
  })
  readonly dryRun!: boolean;
}

@InputType("JobCancelInput", { description: "A job to cancel." })
export class JobCancelInput {
  @Field(() => ID, { description: "Id of the job." }) readonly id!: string;
}

export const complexity = costs(1_000);

@Resolver()
export class JobResolver {
  @Query(() => JobConnectionType, {
    complexity: pageComplexity(20),
    description: "The project's jobs, the latest first.",
  })
  async jobs(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<JobConnectionType> {
    await loaders.definition();
    const jobs = await jobsOf(engine, project);
    const page = pageOfList(jobs, newestFirst, windowOf(given), maxPageSize, "jobs");
    return new JobConnectionType(
      pageConnection(
        page,
        (job) => new JobObjectType(engine, job),
        async () => exactly(jobs.length),
      ),
    );
  }

  @Query(() => JobObjectType, { nullable: true, description: "One job; null if there is none." })
  async job(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("id", () => ID, { description: "Id of the job." }) id: string,
  ): Promise<JobObjectType | undefined> {
    await loaders.definition();
    const found = await findJob(engine, project, keyOf("Job", id));
    return found && new JobObjectType(engine, found);
  }

  @Query(() => ImportProposalType, {
    complexity: costs(500),
    description: "How a CSV file would be read, from its beginning.",
  })
  async importProposal(
    @Ctx() { loaders }: RequestContext,
    @Arg("fileName", () => String, { description: "Name of the file." }) fileName: string,
    @Arg("head", () => String, { description: `Its first bytes, up to ${maxHeadBytes}, in base64.` })
    head: string,
  ): Promise<ImportProposalType> {
    await loaders.definition();
    const bytes = Buffer.from(head, "base64");
    if (bytes.length === 0 || bytes.length > maxHeadBytes)
      throw userError(`Send the first 1 to ${maxHeadBytes} bytes of the file in \`head\`, in base64.`);
    try {
      const { kind, shipped, ...proposal } = await proposeMapping(fileName.slice(0, 255), bytes);
      return { ...proposal, collection: kind, mappingName: shipped?.name, title: shipped?.title };
    } catch (error) {
      if (error instanceof ImportError) throw userError(error.message);
      throw error;
    }
  }

  @Mutation(() => ImportCreatePayloadType, {
    complexity,
    description: "Creates an import: send the file to the address returned, and follow the job.",
  })
  async importCreate(
    @Ctx() { engine, project, caller }: RequestContext,
    @Arg("input", () => ImportCreateInput, { description: "The file." }) input: ImportCreateInput,
  ): Promise<ImportCreatePayloadType> {
    const { value, userErrors } = await withUserErrors(["input"], async () => {
      const { mapping, collection, ...rest } = input;
      const request = importRequest({
        ...rest,
        as: collection,
        mapping: mapping?.name ?? mapping?.definition,
      });
      return createJob(engine, project, {
        type: "import",
        request,
        caller: callerOf(caller),
        needsUpload: true,
      });
    });
    if (value === undefined) return { userErrors };
    const { path, expiresAt } = linkTo(engine, value, "upload");
    return {
      job: new JobObjectType(engine, value),
      upload: { path, expiresAt: new Date(expiresAt) },
      userErrors,
    };
  }

  @Mutation(() => JobPayloadType, {
    complexity,
    description:
      "Exports the whole project in the background, as a zip archive of an interchange folder, which an import takes.",
  })
  exportCreate(@Ctx() { engine, project, caller }: RequestContext): Promise<JobPayloadType> {
    return payload(engine, [], () =>
      createJob(engine, project, { type: "export", request: {}, caller: callerOf(caller) }),
    );
  }

  @Mutation(() => JobPayloadType, {
    complexity,
    description:
      "Changes the type of a key in the background: values are converted, and those that cannot be are kept under another key.",
  })
  keyRetype(
    @Ctx() { engine, project, caller }: RequestContext,
    @Arg("input", () => KeyRetypeInput, { description: "The key." }) input: KeyRetypeInput,
  ): Promise<JobPayloadType> {
    const { of, event, key, type, dryRun } = input;
    return payload(engine, ["input"], () => {
      if ((of === "event") !== (typeof event === "string"))
        throw new JobError(
          "INVALID_INPUT",
          "event",
          "Name the type of event if, and only if, the key is one's.",
        );
      const request = { of: of === "event" ? { event } : of, key, type, dryRun };
      return createJob(engine, project, { type: "retype", request, caller: callerOf(caller) });
    });
  }

  @Mutation(() => JobPayloadType, {
    complexity,
    description: "Cancels a job. Records that it has written remain; a finished job is unchanged.",
  })
  jobCancel(
    @Ctx() { engine, project }: RequestContext,
    @Arg("input", () => JobCancelInput, { description: "The job." }) input: JobCancelInput,
  ): Promise<JobPayloadType> {
    return payload(engine, ["input"], () => cancelJob(engine, project, keyOf("Job", input.id)));
  }
}

/** The job that a request creates or changes, or its mistakes. */
export async function payload(
  engine: Engine,
  place: readonly string[],
  work: () => Promise<JobDocument>,
): Promise<JobPayloadType> {
  const { value, userErrors } = await withUserErrors(place, async () => work());
  return { job: value && new JobObjectType(engine, value), userErrors };
}

export function callerOf({ kind, id }: Caller): JobDocument["caller"] {
  return { kind, id };
}
