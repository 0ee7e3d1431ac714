// Writes customers and what they did, one and many, and erases a person.
import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { eraseCustomer } from "../../definitions/erase.js";
import { customerId, sourceIdOf } from "../../facts/identity.js";
import { setConsents } from "../../ingest/consents.js";
import { upsertCustomers } from "../../ingest/customers.js";
import { upsertRecords } from "../../ingest/records.js";
import { findProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/errors.js";
import { recordErrors } from "../server/user-error-type.js";
import {
  ConsentsInput,
  CustomerInput,
  EventInput,
  given,
  OrderInput,
  orderOf,
  profileOf,
} from "./customer-input.js";
import {
  CustomerDeletePayloadType,
  CustomerPayloadType,
  CustomerResultType,
  CustomersPayloadType,
  EventResultType,
  EventsPayloadType,
  erasureType,
  OrderResultType,
  OrdersPayloadType,
  writePayload,
} from "./write-payloads.js";
import { type WrittenThings, writtenThings } from "./written.js";

/** The most records of one mutation. */
const maxRecords = 1_000;

const upTo = `at most ${maxRecords.toLocaleString("en")}`;

function costOfEach({
  childComplexity,
  args,
}: {
  childComplexity: number;
  args: { inputs?: unknown };
}): number {
  const count = Array.isArray(args.inputs) ? args.inputs.length : 1;
  return 500 + Math.max(count, 1) * Math.max(childComplexity, 1);
}

@Resolver()
export class WriteResolver {
  @Mutation(() => CustomerPayloadType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description: "Adds a customer, or replaces the whole profile of one who is there; what they did stays.",
  })
  async customerUpsert(
    @Ctx() context: RequestContext,
    @Arg("input", () => CustomerInput, { description: "The profile." }) input: CustomerInput,
  ): Promise<CustomerPayloadType> {
    const { engine, project } = context;
    const [result] = await upsertCustomers(engine, project, [profileOf(input)]);
    const { status } = result!;
    const written = await writtenIn(context);
    const customer = result!.status === "rejected" ? undefined : await written.customer(result!.id);
    return { customer, status, userErrors: recordErrors(["input"], result!) };
  }

  @Mutation(() => CustomersPayloadType, {
    complexity: costOfEach,
    description:
      "Adds customers, or replaces the whole profiles of those who are there. Of several with one `sourceId`, the last stays.",
  })
  async customersUpsert(
    @Ctx() context: RequestContext,
    @Arg("inputs", () => [CustomerInput], { description: `The profiles, ${upTo}.` }) inputs: CustomerInput[],
  ): Promise<CustomersPayloadType> {
    refuseTooMany(inputs);
    const results = await upsertCustomers(context.engine, context.project, inputs.map(profileOf));
    const given = inputs.map(({ sourceId }) => sourceId);
    return writePayload(CustomerResultType, results, await writtenIn(context), given);
  }

  @Mutation(() => OrdersPayloadType, {
    complexity: costOfEach,
    description: "Adds orders of customers who are there, or replaces those of a known `sourceId`.",
  })
  async ordersUpsert(
    @Ctx() context: RequestContext,
    @Arg("inputs", () => [OrderInput], { description: `The orders, ${upTo}.` }) inputs: OrderInput[],
  ): Promise<OrdersPayloadType> {
    refuseTooMany(inputs);
    const results = await upsertRecords(context.engine, context.project, "orders", inputs.map(orderOf));
    const given = inputs.map(({ sourceId }) => sourceId);
    return writePayload(OrderResultType, results, await writtenIn(context), given);
  }

  @Mutation(() => EventsPayloadType, {
    complexity: costOfEach,
    description: "Takes down what customers did. The same event sent again is one event.",
  })
  async eventsTrack(
    @Ctx() context: RequestContext,
    @Arg("inputs", () => [EventInput], { description: `The events, ${upTo}.` }) inputs: EventInput[],
  ): Promise<EventsPayloadType> {
    refuseTooMany(inputs);
    const events = inputs.map((input) => given({ ...input }));
    const results = await upsertRecords(context.engine, context.project, "events", events);
    const ids = inputs.map(({ id }) => id);
    return writePayload(EventResultType, results, await writtenIn(context), ids);
  }

  @Mutation(() => CustomersPayloadType, {
    complexity: costOfEach,
    description:
      "Sets the marketing permissions of customers, and leaves the rest of their profiles as it is.",
  })
  async consentsSet(
    @Ctx() context: RequestContext,
    @Arg("inputs", () => [ConsentsInput], { description: `One for each customer, ${upTo}.` })
    inputs: ConsentsInput[],
  ): Promise<CustomersPayloadType> {
    refuseTooMany(inputs);
    const consents = inputs.map((input) => given({ ...input }));
    const results = await setConsents(context.engine, context.project, consents);
    const customers = inputs.map(({ customer }) => customer);
    return writePayload(CustomerResultType, results, await writtenIn(context), customers);
  }

  @Mutation(() => CustomerDeletePayloadType, {
    complexity: 1_000,
    description:
      "Erases a person everywhere: the profile, every record of what they did, their places in segments, and their name in others' referrals. Where it was stopped in the middle, ask by `sourceId` again to finish it.",
  })
  async customerDelete(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { nullable: true, description: "The customer's `id`." }) id?: string | null,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from.",
    })
    sourceId?: string | null,
  ): Promise<CustomerDeletePayloadType> {
    if (typeof id === typeof sourceId)
      throw userError("Name the customer by `id` or by `sourceId`: one of the two.");
    await findProject(engine, project);
    const isHere = id?.startsWith(customerId(project, "")) ?? false;
    const named = typeof id === "string" ? (isHere ? sourceIdOf(project, id) : "") : (sourceId ?? "");
    const erased = await eraseCustomer(engine, project, named);
    if (erased !== undefined) return { erased: erasureType(erased), userErrors: [] };
    const message =
      "There is no such customer, and nothing that one left. Ask `customers` for those there are.";
    const field = [typeof id === "string" ? "id" : "sourceId"];
    return { userErrors: [{ field, code: "NOT_FOUND", message }] };
  }
}

function refuseTooMany(inputs: readonly unknown[]): void {
  if (inputs.length <= maxRecords) return;
  throw userError(
    `These are ${inputs.length.toLocaleString("en")} records, and ${maxRecords.toLocaleString("en")} is the most at once. Send them in several requests.`,
  );
}

async function writtenIn({ engine, project }: RequestContext): Promise<WrittenThings> {
  return writtenThings(engine, (await findProject(engine, project)).currency);
}
