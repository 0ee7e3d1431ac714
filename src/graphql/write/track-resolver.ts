// The mutations for a public key in a browser: events, and the visitor's profile. They return no stored data.
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { updateCustomers } from "../../ingest/customers.js";
import { upsertRecords } from "../../ingest/records.js";
import { findProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { recordErrors, UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { CustomerUpdateInput, patchOf } from "./customer-input.js";
import { publicPatch } from "./public-patch.js";
import { EventInput, eventOf } from "./record-inputs.js";
import { costOfEach, refuseTooMany } from "./record-mutations.js";

@InputType("EventsTrackInput", { description: "Events of one customer." })
export class EventsTrackInput {
  @Field(() => String, { description: "Source id of the customer, who is added if there is none." })
  readonly customerSourceId!: string;
  @Field(() => [EventInput], { description: "The events, at most 1,000; their `customer` is ignored." })
  readonly events!: readonly EventInput[];
}

@ObjectType("EventsTrackPayload", { description: "Result of sending events." })
export class EventsTrackPayloadType {
  @Field(() => Int, { description: "Number of events that were accepted." }) readonly accepted!: number;
  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CustomerIdentifyPayload", { description: "Result of sending a profile." })
export class CustomerIdentifyPayloadType {
  @Field(() => Boolean, { description: "True if the profile was accepted." }) readonly accepted!: boolean;
  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@Resolver()
export class TrackResolver {
  @Mutation(() => EventsTrackPayloadType, {
    complexity: costOfEach,
    description:
      "Adds events of a customer, who is added if there is none. An event with a known `sourceId` is replaced. Without one, two equal events of one request are two events, and the same request sent again adds none.",
  })
  async eventsTrack(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => EventsTrackInput, { description: "The events." }) input: EventsTrackInput,
  ): Promise<EventsTrackPayloadType> {
    refuseTooMany(input.events);
    const { currency } = await findProject(engine, project);
    const source_id = input.customerSourceId;
    const [customer] = await updateCustomers(engine, project, [{ source_id }], { create: true });
    if (customer!.status === "rejected") {
      const userErrors = recordErrors(["input"], customer!).map((error) => ({
        ...error,
        field: ["input", "customerSourceId"],
      }));
      return { accepted: 0, userErrors };
    }
    const events = input.events.map((event) =>
      eventOf({ ...event, customer: { sourceId: source_id } }, { project, currency }),
    );
    const results = await upsertRecords(engine, project, "events", events);
    refresh();
    return {
      accepted: results.filter(({ status }) => status !== "rejected").length,
      userErrors: results.flatMap((result, index) =>
        recordErrors(["input", "events", String(index)], result),
      ),
    };
  }

  @Mutation(() => CustomerIdentifyPayloadType, {
    complexity: costs(500),
    description:
      "Changes the profile of a customer, who is added if there is none: omitted fields are unchanged. With the scope `track` alone, of a customer who exists, `email`, `phone`, `source` and `createdAt` are set only if they are unknown, and nothing is removed: neither `consents` nor null is accepted.",
  })
  async customerIdentify(
    @Ctx() { engine, project, caller, refresh }: RequestContext,
    @Arg("input", () => CustomerUpdateInput, { description: "The changes." }) input: CustomerUpdateInput,
  ): Promise<CustomerIdentifyPayloadType> {
    // A visitor of whom nothing else says where they come from comes from the web widget.
    const defaults = input.sourceMetadata?.webWidgetId ? { source: "web_widget" } : undefined;
    const isPublic = !caller.scopes.has("write");
    const options = { create: true, defaults, ...(isPublic ? { allowed: publicPatch } : {}) };
    const [result] = await updateCustomers(engine, project, [patchOf(input, project)], options);
    refresh();
    return { accepted: result!.status !== "rejected", userErrors: recordErrors(["input"], result!) };
  }
}
