// Reads, creates, starts and stops distributions, and resolves messages in doubt.
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
import type { DistributionDocument } from "../../documents/message-documents.js";
import type { Engine } from "../../engine.js";
import {
  createDistribution,
  deleteDistribution,
  distributionsOf,
  findDistribution,
  maxDistributions,
  updateDistribution,
} from "../../messaging/distributions.js";
import {
  cancelDistribution,
  pauseDistribution,
  resumeDistribution,
  startDistribution,
} from "../../messaging/lifecycle.js";
import { MessageError } from "../../messaging/message-error.js";
import { resolveMessage } from "../../messaging/messages.js";
import { sendTest } from "../../messaging/preview.js";
import { promotionKey } from "../../promotions/names.js";
import { findCustomer } from "../../query/customer.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { nameKey } from "../../segments/identity.js";
import { customerKey } from "../customer/customer-by-input.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId, keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  DistributionConnectionType,
  DistributionDeletePayloadType,
  DistributionPayloadType,
  DistributionTestPayloadType,
  DistributionType,
} from "./distribution-type.js";
import { MessagePayloadType, MessageType } from "./message-type.js";
import {
  DistributionByInput,
  DistributionCreateInput,
  DistributionTestInput,
  DistributionUpdateInput,
  distributionNameBy,
  distributionRequest,
  templateOf,
} from "./messaging-inputs.js";

const cost = costs(500);
const which = { description: "Which distribution." } as const;

const resolutions = { SENT: "sent", SEND_AGAIN: "send_again" } as const;
type Resolution = (typeof resolutions)[keyof typeof resolutions];

registerEnumType(resolutions, {
  name: "MessageResolution",
  description: "What a person decides about a message in doubt.",
  valuesConfig: {
    SENT: { description: "It counts as sent." },
    SEND_AGAIN: { description: "It is sent again: the customer may get it twice." },
  },
});

@InputType("MessageResolveInput", { description: "A message in doubt, and what becomes of it." })
export class MessageResolveInput {
  @Field(() => ID, { description: "Id of the message." }) readonly id!: string;
  @Field(() => resolutions, { description: "What becomes of it." }) readonly resolution!: Resolution;
}

@Resolver()
export class MessagingResolver {
  @Query(() => DistributionConnectionType, {
    complexity: pageComplexity(50),
    description: "The project's distributions, by name.",
  })
  async distributions(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<DistributionConnectionType> {
    await loaders.definition();
    const all = await distributionsOf(engine, project);
    const page = pageOfList(all, ({ _id }) => _id, windowOf(given), maxPageSize, "distributions");
    return new DistributionConnectionType(
      pageConnection(
        page,
        (distribution) => new DistributionType(distribution),
        async () => exactly(all.length),
      ),
    );
  }

  @Query(() => DistributionType, { nullable: true, description: "One distribution; null if there is none." })
  async distribution(
    @Ctx() { project, loaders }: RequestContext,
    @Arg("by", () => DistributionByInput, which) by: DistributionByInput,
  ): Promise<DistributionType | undefined> {
    await loaders.definition();
    const key = promotionKey(project, nameKey(distributionNameBy(by)));
    const found = await loaders.document("distributions", key);
    return found && new DistributionType(found);
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: `Creates a distribution, which sends nothing until \`distributionStart\`. A project has ${maxDistributions} at most.`,
  })
  distributionCreate(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionCreateInput, { description: "The distribution." })
    input: DistributionCreateInput,
  ): Promise<DistributionPayloadType> {
    return changed(context, (engine, project) =>
      createDistribution(engine, project, distributionRequest(input)),
    );
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: "Changes a distribution that is not started, or is paused.",
  })
  distributionUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionUpdateInput, { description: "The changes." })
    { by, purpose, template, url, ratePerMinute }: DistributionUpdateInput,
  ): Promise<DistributionPayloadType> {
    const name = distributionNameBy(by);
    return changed(context, (engine, project) =>
      updateDistribution(engine, project, name, {
        purpose: purpose ?? undefined,
        template: template ? templateOf(template) : undefined,
        url: url ?? undefined,
        rate: ratePerMinute ?? undefined,
      }),
    );
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: "Starts a distribution. Entries, exits and events are noticed from then on.",
  })
  distributionStart(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionByInput, which) input: DistributionByInput,
  ): Promise<DistributionPayloadType> {
    return changed(context, (engine, project) =>
      startDistribution(engine, project, distributionNameBy(input)),
    );
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: "Pauses a distribution. Messages that are being sent at this moment are finished.",
  })
  distributionPause(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionByInput, which) input: DistributionByInput,
  ): Promise<DistributionPayloadType> {
    return changed(context, (engine, project) =>
      pauseDistribution(engine, project, distributionNameBy(input)),
    );
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: "Continues a distribution that is paused.",
  })
  distributionResume(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionByInput, which) input: DistributionByInput,
  ): Promise<DistributionPayloadType> {
    return changed(context, (engine, project) =>
      resumeDistribution(engine, project, distributionNameBy(input)),
    );
  }

  @Mutation(() => DistributionPayloadType, {
    complexity: cost,
    description: "Cancels a distribution: nothing more is sent.",
  })
  distributionCancel(
    @Ctx() context: RequestContext,
    @Arg("input", () => DistributionByInput, which) input: DistributionByInput,
  ): Promise<DistributionPayloadType> {
    return changed(context, (engine, project) =>
      cancelDistribution(engine, project, distributionNameBy(input)),
    );
  }

  @Mutation(() => DistributionDeletePayloadType, {
    complexity: costs(1_000),
    description: "Deletes a distribution that is not started or has ended, with its messages.",
  })
  async distributionDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => DistributionByInput, which) input: DistributionByInput,
  ): Promise<DistributionDeletePayloadType> {
    const name = distributionNameBy(input);
    const { value, userErrors } = await withUserErrors(["input"], () =>
      deleteDistribution(engine, project, name),
    );
    refresh();
    return { deletedId: value && globalId("Distribution", value.name_key), userErrors };
  }

  @Mutation(() => DistributionTestPayloadType, {
    complexity: costs(1_000),
    description:
      "Sends the message to a customer as a test, to an e-mail address or to the webhook. It hands out no code, and does not count.",
  })
  async distributionTest(
    @Ctx() { engine, project }: RequestContext,
    @Arg("input", () => DistributionTestInput, { description: "The test." })
    { by, customer, to }: DistributionTestInput,
  ): Promise<DistributionTestPayloadType> {
    const [name, key] = [distributionNameBy(by), customerKey(customer)];
    const { value, userErrors } = await withUserErrors(["input"], async () => {
      const distribution = await findDistribution(engine, project, name);
      const found = await findCustomer(engine, project, key);
      if (found === undefined)
        throw new MessageError("UNKNOWN_CUSTOMER", "customer", "There is no such customer in this project.");
      return sendTest(engine, distribution, found, to ?? undefined);
    });
    return { rendered: value, userErrors };
  }

  @Mutation(() => MessagePayloadType, {
    complexity: cost,
    description: "Decides what becomes of a message that may have been sent.",
  })
  async messageResolve(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => MessageResolveInput, { description: "The decision." })
    { id, resolution }: MessageResolveInput,
  ): Promise<MessagePayloadType> {
    const key = keyOf("Message", id);
    const { value, userErrors } = await withUserErrors(["input"], () =>
      resolveMessage(engine, project, key, resolution),
    );
    refresh();
    return { message: value && new MessageType(value), userErrors };
  }
}

async function changed(
  { engine, project, loaders, refresh }: RequestContext,
  work: (engine: Engine, project: string) => Promise<DistributionDocument>,
): Promise<DistributionPayloadType> {
  await loaders.definition();
  const { value, userErrors } = await withUserErrors(["input"], () => work(engine, project));
  refresh();
  return { distribution: value && new DistributionType(value), userErrors };
}
