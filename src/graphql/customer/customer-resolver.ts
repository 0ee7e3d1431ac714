// Reads one customer, or pages of them; one order, or pages of orders and events.
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { findCustomer } from "../../query/customer.js";
import { recordCountOfProject, recordPageOfProject } from "../../query/pages/record-page.js";
import { previewSegment } from "../../query/preview.js";
import { maxExactCount, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { invalidFilter } from "../server/errors.js";
import { keyOf } from "../server/global-id.js";
import { RecordByInput } from "../write/record-inputs.js";
import { CustomerByInput, customerKey } from "./customer-by-input.js";
import {
  CustomerConnectionType,
  CustomerPageArguments,
  customerConnection,
  customerPageComplexity,
  readCustomerPage,
} from "./customer-connection-type.js";
import { CustomerType } from "./customer-type.js";
import { EventConnectionType, OrderConnectionType, recordEdges, recordTypes } from "./record-connections.js";
import { OrderType } from "./record-types.js";

/** True of every customer, since all have a source id. */
const everyone = "source_id has any value";

@Resolver()
export class CustomerResolver {
  @Query(() => CustomerType, { nullable: true, description: "One customer; null if there is none." })
  async customer(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("by", () => CustomerByInput, { description: "Which customer." }) by: CustomerByInput,
  ): Promise<CustomerType | null> {
    const { currency } = await loaders.definition();
    const found = await findCustomer(engine, project, customerKey(by));
    return found === undefined ? null : new CustomerType(found, currency);
  }

  @Query(() => CustomerConnectionType, {
    complexity: customerPageComplexity(1_100),
    description: "The project's customers: all of them, or those that match a query.",
  })
  async customers(
    @Ctx() { engine, project, signal, loaders }: RequestContext,
    @Arg("query", () => String, {
      nullable: true,
      description:
        "A query of the segment language; all customers if omitted. A query with mistakes is an error with code `BAD_USER_INPUT` and the diagnostics in its extensions.",
    })
    query: string | null | undefined,
    @Args(() => CustomerPageArguments) given: CustomerPageArguments,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerConnectionType> {
    const { currency } = await loaders.definition();
    const { answer, diagnostics } = await previewSegment(engine, project, { query: query ?? everyone });
    if (answer === undefined) throw invalidFilter(diagnostics);
    const page = await readCustomerPage(answer, given, info, { signal });
    return customerConnection(page, currency, () => answer.countUpTo(maxExactCount, { signal }));
  }

  @Query(() => OrderType, { nullable: true, description: "One order; null if there is none." })
  async order(
    @Ctx() { project, loaders }: RequestContext,
    @Arg("by", () => RecordByInput, { description: "Which order." }) { id, sourceId }: RecordByInput,
  ): Promise<OrderType | null> {
    const { currency } = await loaders.definition();
    const key = typeof id === "string" ? keyOf("Order", id) : `${project}/${sourceId}`;
    const found = await loaders.document("orders", key);
    return found === undefined ? null : new OrderType(found, currency);
  }

  @Query(() => OrderConnectionType, {
    complexity: pageComplexity(500),
    description: "The project's orders, the latest first.",
  })
  async orders(
    @Ctx() { engine, project, signal, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<OrderConnectionType> {
    const { currency } = await loaders.definition();
    const page = await recordPageOfProject(engine, project, "orders", windowOf(given), { signal });
    const count = () => recordCountOfProject(engine, project, "orders", undefined, maxExactCount, { signal });
    return new OrderConnectionType(recordEdges(page, recordTypes.orders, currency, count));
  }

  @Query(() => EventConnectionType, {
    complexity: pageComplexity(500),
    description: "The project's events of one type, the latest first.",
  })
  async events(
    @Ctx() { engine, project, signal, loaders }: RequestContext,
    @Arg("type", () => String, { description: "Name of the event, as `page viewed`." }) type: string,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<EventConnectionType> {
    const { currency } = await loaders.definition();
    const request = { ...windowOf(given), type };
    const page = await recordPageOfProject(engine, project, "events", request, { signal });
    const count = () => recordCountOfProject(engine, project, "events", type, maxExactCount, { signal });
    return new EventConnectionType(recordEdges(page, recordTypes.events, currency, count));
  }
}
