// Orders and events as GraphQL returns them.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Ctx, Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";
import type { EventDocument, OrderDocument, OrderItem } from "../../documents/documents.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";
import { CustomerType } from "./customer-type.js";

/** The customer that a record belongs to. */
export async function ownerOf(
  { loaders }: RequestContext,
  customer: string,
): Promise<CustomerType | undefined> {
  const [found, { currency }] = await Promise.all([
    loaders.document("customers", customer),
    loaders.definition(),
  ]);
  return found === undefined ? undefined : new CustomerType(found, currency);
}

export const ownerField = {
  nullable: true,
  complexity: costs(2),
  description: "The customer; null if it was erased in the meantime.",
} as const;

/** The statuses that orders are imported with. */
export const orderStatuses = {
  CREATED: "CREATED",
  PAID: "PAID",
  FULFILLED: "FULFILLED",
  CANCELED: "CANCELED",
  OTHER: "OTHER",
} as const;
export type OrderStatus = (typeof orderStatuses)[keyof typeof orderStatuses];

registerEnumType(orderStatuses, {
  name: "OrderStatus",
  description: "The status of an order.",
  valuesConfig: {
    CREATED: { description: "Placed." },
    PAID: { description: "Paid." },
    FULFILLED: { description: "Delivered." },
    CANCELED: { description: "Canceled: it is not counted anywhere." },
    OTHER: { description: "Any other status: see `statusText`." },
  },
});

@ObjectType("OrderItem", { description: "A line of an order." })
class OrderItemType {
  readonly #item: OrderItem;
  readonly #currency: string;

  constructor(item: OrderItem, currency: string) {
    this.#item = item;
    this.#currency = currency;
  }

  @Field(() => String, { nullable: true, description: "Id of the product in the source system." })
  get productId() {
    return this.#item.product_id;
  }

  @Field(() => String, { nullable: true, description: "Stock keeping unit." })
  get sku() {
    return this.#item.sku;
  }

  @Field(() => String, { nullable: true, description: "Name of the product." })
  get name() {
    return this.#item.name;
  }

  @Field(() => Float, { description: "Number of units." })
  get quantity() {
    return this.#item.quantity;
  }

  @Field(() => MoneyType, { nullable: true, description: "Price of one unit." })
  get price() {
    const { price } = this.#item;
    return price === undefined ? undefined : new MoneyType(price, this.#currency);
  }
}

@ObjectType("Order", { implements: NodeType, description: "An order of a customer." })
export class OrderType implements NodeType {
  readonly #document: OrderDocument;
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(document: OrderDocument, currency: string) {
    this.#document = document;
    this.#currency = currency;
  }

  @Field(() => ID, { description: "Global id." })
  get id() {
    return globalId("Order", this.#document._id);
  }

  @Field(() => String, { description: "Id in the source system: unique in the project." })
  get sourceId() {
    return this.#document.source_id;
  }

  @Field(() => CustomerType, ownerField)
  customer(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, this.#document.customer);
  }

  @Field(() => GraphQLDateTime, { description: "When it was placed." })
  get createdAt() {
    return this.#document.at;
  }

  @Field(() => orderStatuses, { description: "Its status." })
  get status(): OrderStatus {
    const { status } = this.#document;
    return Object.hasOwn(orderStatuses, status) ? (status as OrderStatus) : "OTHER";
  }

  @Field(() => String, { description: "Its status, as it was given." })
  get statusText() {
    return this.#document.status;
  }

  @Field(() => MoneyType, { description: "Total amount." })
  get amount() {
    return new MoneyType(this.#document.amount, this.#currency);
  }

  @Field(() => [OrderItemType], {
    complexity: costs(0, { assumedSize: 5 }),
    description: "Its lines.",
  })
  get items() {
    return this.#document.items.map((item) => new OrderItemType(item, this.#currency));
  }

  @Field(() => GraphQLJSON, { description: "Custom attributes: an object, as it was given." })
  get metadata() {
    return this.#document.metadata ?? {};
  }
}

@ObjectType("Event", { implements: NodeType, description: "Something that a customer did." })
export class CustomerEventType implements NodeType {
  readonly #document: EventDocument;

  constructor(document: EventDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id() {
    return globalId("Event", this.#document._id);
  }

  @Field(() => String, { nullable: true, description: "Id in the source system, if it was given one." })
  get sourceId() {
    return this.#document.event_id;
  }

  @Field(() => CustomerType, ownerField)
  customer(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, this.#document.customer);
  }

  @Field(() => String, { description: "Name of the event, as `page viewed`." })
  get type() {
    return this.#document.type;
  }

  @Field(() => GraphQLDateTime, { description: "When it happened." })
  get at() {
    return this.#document.at;
  }

  @Field(() => GraphQLJSON, { description: "Properties: an object, as it was given." })
  get properties() {
    return this.#document.properties;
  }
}
